import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chart, Incident } from '../../api/types';
import { formatClock } from '../../format/time';
import { formatValue, scaleFor } from '../../format/value';
import { useAppearance } from '../../theme/theme';
import { drawPlot } from './plot';

/** One series with its usual range before the onset; cursors of all charts move together. */
export function SeriesChart({
  chart,
  window,
  height = 150,
  highlighted = false,
}: {
  chart: Chart;
  /** What was observed; all charts of an incident share it as their time axis. */
  window: Incident['window'];
  height?: number;
  highlighted?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const { appearance } = useAppearance();
  const host = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<{ time: number; value: number | null } | null>(null);
  const onsetLabel = t('chart.onset');
  const lang = i18n.language;
  const { from, to } = window;

  // The colours are read when drawing, so another appearance draws anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: appearance stands for the colours
  useEffect(() => {
    if (!host.current || chart.points.length === 0) return;
    return drawPlot(host.current, chart, {
      from: new Date(from).getTime(),
      to: new Date(to).getTime(),
      height,
      lang,
      onsetLabel,
      onCursor: (time, value) => setCursor(time === null ? null : { time, value }),
    });
  }, [chart, from, to, height, lang, onsetLabel, appearance]);

  const { unit } = scaleFor(largestOf(chart), chart.unit);
  const label = unit
    ? t('chart.label', { signal: chart.signal, name: chart.name, unit })
    : t('chart.plain', { signal: chart.signal, name: chart.name });
  return (
    <figure
      className="chart"
      data-highlighted={highlighted}
      aria-label={highlighted ? `${label} · ${t('chart.highlighted')}` : label}
    >
      <figcaption>
        <span className="chart-signal">{chart.signal}</span>
        <span className="chart-name" title={chart.name}>
          {chart.name}
        </span>
        <span className="chart-cursor" aria-hidden="true">
          {cursor
            ? `${formatClock(cursor.time, lang)}  ${cursor.value === null ? t('chart.noData') : formatValue(cursor.value, chart.unit, lang)}`
            : ''}
        </span>
      </figcaption>
      {chart.points.length === 0 ? (
        <p className="quiet">{t('chart.noData')}</p>
      ) : (
        <div className="chart-plot" ref={host} style={{ height }} />
      )}
      {chart.before && (
        <div className="chart-legend">
          <span className="swatch-band" />
          {t('chart.usual')}: {formatValue(chart.before.low, chart.unit, lang)} –{' '}
          {formatValue(chart.before.high, chart.unit, lang)}
          <span className="swatch-median" />
          {t('chart.median')}: {formatValue(chart.before.median, chart.unit, lang)}
        </div>
      )}
    </figure>
  );
}

function largestOf(chart: Chart): number {
  return chart.points.reduce((max, [, value]) => Math.max(max, Math.abs(value ?? 0)), 0);
}
