import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LearnedPolicy } from '../../../api/types';
import { Ago } from '../../../components/Ago';
import { formatNumber, formatShare, formatValue } from '../../../format/value';
import { KneeChart } from './KneeChart';

/** What the history tells of a replica: how much it serves, how long it takes to start, what is open. */
export function Calibrated({ learned }: { learned: LearnedPolicy }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language;
  const { calibration, plant, settled, summary } = learned;
  const facts: [string, string, string][] = [
    [
      t('lab.capacity'),
      `${formatNumber(plant.capacity, lang)}/s`,
      calibration.capacity === null
        ? t(`lab.capacityFrom.${learned.capacityFrom}`)
        : `${t(`lab.capacityFrom.${learned.capacityFrom}`)} · ${t('lab.between', {
            low: formatNumber(calibration.capacity.low, lang),
            high: formatNumber(calibration.capacity.high, lang),
          })}`,
    ],
    [
      t('lab.start'),
      formatValue(plant.startSeconds, 's', lang),
      t(`lab.startFrom.${learned.startFrom}`),
    ],
    [
      t('lab.warming'),
      plant.warmSeconds === 0 ? t('lab.warmAtOnce') : formatValue(plant.warmSeconds, 's', lang),
      plant.warmSeconds === 0
        ? ''
        : t('lab.warmExcess', { excess: formatShare(plant.warmExcess, lang) }),
    ],
    [t('lab.service'), formatValue(plant.serviceSeconds, 's', lang), ''],
    [
      t('lab.guard'),
      t(`lab.guards.${settled.guard}`),
      t(`lab.guardAt.${settled.guard}`, { value: formatNumber(settled.guardAt ?? 0, lang) }),
    ],
    [
      t('lab.reserve'),
      t(`lab.reserveFor.${settled.reserve}`),
      t('scaling.bounds', { min: settled.minReplicas, max: settled.maxReplicas }),
    ],
    [
      t('lab.downstream'),
      plant.downstreamReplicas === null
        ? '–'
        : t('lab.downstreamBears', { replicas: formatNumber(plant.downstreamReplicas, lang) }),
      plant.downstreamReplicas === null ? t('lab.downstreamUnknown') : '',
    ],
    [
      t('lab.neededNow'),
      summary.needed === null ? '–' : formatNumber(summary.needed, lang),
      summary.needed === null ? t('lab.neededUnknown') : '',
    ],
  ];
  return (
    <div className="panel stack">
      <p className="quiet">
        {t('lab.learnedBy', { name: summary.learnedBy })} <Ago value={summary.learnedAt} /> ·{' '}
        {t('lab.from', {
          from: new Date(summary.from).toLocaleString(lang),
          to: new Date(summary.to).toLocaleString(lang),
        })}
      </p>
      <dl className="lab-facts">
        {facts.map(([name, value, note]) => (
          <div key={name}>
            <dt className="quiet small">{name}</dt>
            <dd>
              <span className="strong">{value}</span> <span className="quiet small">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
      {calibration.gaps.map((gap) => (
        <Alert
          key={gap.gap + gap.detail}
          type="info"
          showIcon
          title={t(`lab.gap.${gap.gap}`, { defaultValue: gap.gap })}
          description={
            <>
              {t(`lab.remedy.${gap.remedy}`, { defaultValue: gap.remedy })}{' '}
              <span className="quiet small">{gap.detail}</span>
            </>
          }
        />
      ))}
      {calibration.points.length > 0 && <KneeChart calibration={calibration} />}
    </div>
  );
}
