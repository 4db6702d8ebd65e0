import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ExemplarPoint, MetricChart } from '../../api/types';
import { formatClock } from '../../format/time';
import { formatValue } from '../../format/value';
import { useLanguage } from '../../i18n';
import type { Place } from './linesPlot';

/** Single measurements over a chart, each a link to the trace in which it was made. */
export function ExemplarPoints({
  chart,
  points,
  places,
}: {
  chart: MetricChart;
  points: readonly ExemplarPoint[];
  /** Where each point is; null where it is not in the chart. */
  places: readonly (Place | null)[];
}) {
  const { t } = useTranslation();
  const lang = useLanguage();
  // What was measured is no rate.
  const unit = chart.view === 'rate' ? '' : chart.unit;
  return (
    <ul className="exemplars" aria-label={t('signals.exemplars')}>
      {points.map((point, index) => {
        const place = places[index];
        if (!place) return null;
        const label = t('signals.exemplar', {
          value: formatValue(point.value, unit, lang),
          time: formatClock(point.time, lang),
          trace: point.traceId,
        });
        return (
          <li
            key={`${point.traceId}/${point.spanId}/${point.time}/${seriesOf(point)}`}
            style={place}
          >
            <Link to={pathOf(point)} aria-label={label} title={label} />
          </li>
        );
      })}
    </ul>
  );
}

function pathOf({ traceId, spanId }: ExemplarPoint): string {
  const trace = `/traces/${encodeURIComponent(traceId)}`;
  return spanId === '' ? trace : `${trace}#${encodeURIComponent(spanId)}`;
}

function seriesOf({ attributes }: ExemplarPoint): string {
  return Object.values(attributes).join(' ');
}
