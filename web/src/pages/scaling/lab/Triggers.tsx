import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LearnedPolicy } from '../../../api/types';
import { formatNumber, formatShare, formatValue } from '../../../format/value';

type Triggers = NonNullable<LearnedPolicy['triggers']>;
type Trigger = Triggers['metrics'][number];

const UNITS: Record<Trigger['metric'], string> = {
  CPU: '{cpu}',
  MEMORY: 'By',
  IN_FLIGHT: '',
  REQUESTS: '/s',
  NETWORK: 'By/s',
  QUEUE: '',
  POOL: '%',
  LATENCY: 's',
};

/** A value of a metric; of a pool it is a share. */
function shown(metric: Trigger['metric'], value: number, lang: string): string {
  return formatValue(metric === 'POOL' ? 100 * value : value, UNITS[metric], lang);
}

/** Which metrics may trigger scaling, which may not, and the points that show it. */
export function TriggersTable({ triggers }: { triggers: Triggers }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language;
  const { operating } = triggers;
  return (
    <section className="panel stack" aria-label={t('triggers.title')}>
      <h3>{t('triggers.title')}</h3>
      {operating !== null && (
        <p className="quiet">
          {t('triggers.operating', {
            load: formatNumber(operating.perReplica, lang),
            knee: formatNumber(operating.kneeLoad, lang),
            rise: formatNumber(operating.rise, lang),
            loss: formatNumber(operating.loss, lang),
            what: t(`triggers.lossOf.${operating.lossOf}`),
          })}
        </p>
      )}
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              {(['metric', 'verdict', 'threshold', 'relief', 'lead', 'plot'] as const).map(
                (column) => (
                  <th key={column} scope="col">
                    {t(`triggers.${column}`)}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {triggers.metrics.map((one) => (
              <tr key={one.metric}>
                <td className="strong">{t(`triggers.of.${one.metric}`)}</td>
                <td>
                  {one.rank !== null ? (
                    <Tag color="green">{t('triggers.rank', { rank: one.rank })}</Tag>
                  ) : (
                    <>
                      <Tag color="red">
                        {t(`triggers.refusal.${one.refusal}`, { defaultValue: one.refusal ?? '' })}
                      </Tag>{' '}
                      <span className="quiet small">{one.detail}</span>
                    </>
                  )}
                </td>
                <td className="number">
                  {one.threshold === null ? '–' : shown(one.metric, one.threshold, lang)}
                  {one.utilizationPercent !== null &&
                    ` (${formatShare(one.utilizationPercent / 100, lang)})`}
                </td>
                <td className="number">
                  {one.relief === null ? '–' : formatNumber(one.relief.value, lang)}
                </td>
                <td className="number">
                  {one.leadSeconds === null ? '–' : formatValue(one.leadSeconds, 's', lang)}
                </td>
                <td>
                  <Plot trigger={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const WIDTH = 120;
const HEIGHT = 40;
const EDGE = 4;

/** Value of a replica by the number of replicas: a metric that works falls to the right. */
function Plot({ trigger }: { trigger: Trigger }) {
  const { t, i18n } = useTranslation();
  const { points } = trigger;
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) {
    return <span className="quiet">–</span>;
  }
  const most = Math.max(...points.map(({ value }) => value)) || 1;
  const span = last.replicas - first.replicas || 1;
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={t('triggers.falls', {
        few: first.replicas,
        many: last.replicas,
        before: shown(trigger.metric, first.value, i18n.language),
        after: shown(trigger.metric, last.value, i18n.language),
      })}
    >
      {points.map(({ replicas, value }) => (
        <circle
          key={replicas}
          cx={EDGE + ((WIDTH - 2 * EDGE) * (replicas - first.replicas)) / span}
          cy={HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * value) / most}
          r={2.5}
          fill="var(--accent)"
        />
      ))}
    </svg>
  );
}
