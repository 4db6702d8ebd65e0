import { useTranslation } from 'react-i18next';
import type { LogHistogram as Histogram, Severity } from '../../api/types';
import { formatClock } from '../../format/time';
import { useLanguage } from '../../i18n';
import { SEVERITIES } from './severities';

const HEIGHT = 64;

interface Column {
  start: number;
  total: number;
  counts: Partial<Record<Severity, number>>;
}

/** A column for each step, also for those without lines. */
export function columnsOf(histogram: Histogram): Column[] {
  const step = histogram.stepSeconds * 1000;
  const first = Math.floor(Date.parse(histogram.from) / step) * step;
  const count = Math.max(1, Math.ceil((Date.parse(histogram.to) - first) / step));
  const columns: Column[] = Array.from({ length: count }, (_, i) => ({
    start: first + i * step,
    total: 0,
    counts: {},
  }));
  for (const bucket of histogram.buckets) {
    const column = columns[Math.round((Date.parse(bucket.start) - first) / step)];
    if (!column) continue;
    column.counts = bucket.counts;
    column.total = Object.values(bucket.counts).reduce((sum, n) => sum + (n ?? 0), 0);
  }
  return columns;
}

/** How many lines there were when, by severity; a step can be chosen to look at it alone. */
export function LogHistogram({
  histogram,
  onChoose,
}: {
  histogram: Histogram;
  /** Told the end of a step, in epoch milliseconds, and its length in minutes. */
  onChoose: (end: number, minutes: number) => void;
}) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const columns = columnsOf(histogram);
  const most = Math.max(1, ...columns.map(({ total }) => total));
  return (
    <section
      className="log-histogram"
      aria-label={t('logs.histogram', { count: histogram.total })}
      style={{ height: HEIGHT }}
    >
      {columns.map(({ start, total, counts }) => {
        const label = t('logs.column', {
          time: formatClock(start, lang),
          count: total,
        });
        return (
          <button
            key={start}
            type="button"
            disabled={total === 0}
            title={label}
            aria-label={label}
            onClick={() =>
              onChoose(start + histogram.stepSeconds * 1000, histogram.stepSeconds / 60)
            }
          >
            {SEVERITIES.map((severity) => {
              const count = counts[severity] ?? 0;
              return (
                count > 0 && (
                  <span
                    key={severity}
                    data-severity={severity}
                    style={{ height: Math.max(1, (count / most) * HEIGHT) }}
                  />
                )
              );
            })}
          </button>
        );
      })}
    </section>
  );
}
