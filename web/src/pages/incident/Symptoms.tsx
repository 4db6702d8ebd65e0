import { LineChartOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chart, Symptom } from '../../api/types';
import { Entity } from '../../components/Entity';
import { Time } from '../../components/Time';
import { formatNumber, formatValue, type Movement, movementOf } from '../../format/value';
import { chartOf } from './entities';

const SHOWN_FIRST = 4;

/** What hurts, most severe first, with its numbers before and after. */
export function Symptoms({
  symptoms,
  charts,
  onShowChart,
}: {
  symptoms: Symptom[];
  charts: Chart[];
  onShowChart: (chart: string) => void;
}) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? symptoms : symptoms.slice(0, SHOWN_FIRST);
  const more = symptoms.length - SHOWN_FIRST;
  return (
    <section aria-labelledby="what-hurts">
      <h2 id="what-hurts">{t('incident.whatHurts')}</h2>
      <ul className="symptoms">
        {shown.map((symptom) => (
          <SymptomCard
            key={`${symptom.signal} ${symptom.sentence}`}
            symptom={symptom}
            chart={chartOf(symptom, charts)}
            onShowChart={onShowChart}
          />
        ))}
      </ul>
      {more > 0 && (
        <Button type="link" size="small" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t('incident.whatHurtsLess') : t('incident.whatHurtsMore', { count: more })}
        </Button>
      )}
    </section>
  );
}

function SymptomCard({
  symptom,
  chart,
  onShowChart,
}: {
  symptom: Symptom;
  chart: Chart | undefined;
  onShowChart: (chart: string) => void;
}) {
  const { t } = useTranslation();
  const movement = movementOf(symptom.values, symptom.unit);
  return (
    <li className="symptom">
      <div className="symptom-head">
        <Entity type={symptom.type} name={symptom.name} attributes={symptom.entity} />
        <span className="symptom-signal" title={symptom.signal}>
          {symptom.signal}
        </span>
      </div>
      {movement && <Moved movement={movement} />}
      <p className="symptom-sentence">{symptom.sentence}</p>
      <div className="symptom-foot quiet small">
        <span>
          {t('common.since')} <Time clock value={symptom.since} />
        </span>
        {chart && (
          <Button
            type="link"
            size="small"
            icon={<LineChartOutlined />}
            onClick={() => onShowChart(chart.id)}
          >
            {t('incident.openChart')}
          </Button>
        )}
      </div>
    </li>
  );
}

function Moved({ movement }: { movement: Movement }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language;
  return (
    <div className="moved">
      <span className="moved-before">
        <span className="sr-only">{t('incident.before')} </span>
        {formatValue(movement.before, movement.unit, lang)}
      </span>
      <span aria-hidden="true">→</span>
      <span className="moved-after">
        <span className="sr-only">{t('incident.after')} </span>
        {formatValue(movement.after, movement.unit, lang)}
      </span>
      {movement.times !== null && (
        <span className="moved-times">
          {t('incident.times', { times: formatNumber(movement.times, lang) })}
        </span>
      )}
    </div>
  );
}
