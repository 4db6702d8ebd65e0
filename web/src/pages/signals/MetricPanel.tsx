import { CloseOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Range, type Subject, useExemplars, useMetricChart } from '../../api/signals';
import type { ExemplarPoint, MetricChart, MetricLine } from '../../api/types';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { useAddress } from '../../discovery/address';
import { formatClock } from '../../format/time';
import { formatValue } from '../../format/value';
import { useLanguage } from '../../i18n';
import { useAppearance } from '../../theme/theme';
import { ExemplarPoints } from './ExemplarPoints';
import { drawLines, lineColour, type Place } from './linesPlot';

const HEIGHT = 260;
const ONE_LINE = '-';
const NO_POINTS: readonly ExemplarPoint[] = [];

/** One metric over time: its lines, and by what they are split. */
export function MetricPanel({
  metric,
  subject,
  range,
}: {
  metric: string;
  subject: Subject;
  range: Range;
}) {
  const { t } = useTranslation();
  const { of, patch } = useAddress();
  const view = of('view');
  const by = of('by');
  const chart = useMetricChart(subject, { metric, view, by }, range);
  const exemplars = useExemplars(subject, metric, range);
  const told = chart.data?.metric === metric ? chart.data : undefined;
  return (
    <section className="panel" aria-label={metric}>
      <div className="page-head">
        <h2>{metric}</h2>
        {told && told.views.length > 1 && (
          <Segmented<string>
            size="small"
            aria-label={t('signals.view')}
            value={told.view}
            onChange={(next) => patch({ view: next })}
            options={told.views.map((value) => ({
              value,
              label: t(`signals.views.${value as 'level' | 'rate' | 'quantiles'}`),
            }))}
          />
        )}
        {told && (
          <Select<string>
            className="filter"
            size="small"
            aria-label={t('signals.by')}
            value={by}
            onChange={(next) => patch({ by: next })}
            options={[
              { value: '', label: t('signals.eachSeries') },
              { value: ONE_LINE, label: t('signals.oneLine') },
              ...told.spread.map(({ attribute, values }) => ({
                value: attribute,
                label: t('signals.byAttribute', { attribute, count: values }),
              })),
            ]}
          />
        )}
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('signals.closeMetric')}
          onClick={() => patch({ metric: null, view: null, by: null })}
        />
      </div>
      {chart.isError && <Failure error={chart.error} onRetry={() => void chart.refetch()} />}
      {!told && chart.isPending && <Loading rows={3} />}
      {told && told.lines.length === 0 && <p className="quiet">{t('signals.noSamples')}</p>}
      {told && told.lines.length > 0 && (
        <Lines chart={told} points={exemplars.data?.items ?? NO_POINTS} />
      )}
      {exemplars.isError && (
        <Failure error={exemplars.error} onRetry={() => void exemplars.refetch()} />
      )}
      {exemplars.data?.more && (
        <p className="quiet small">
          {t('signals.moreExemplars', { count: exemplars.data.items.length })}
        </p>
      )}
    </section>
  );
}

function Lines({ chart, points }: { chart: MetricChart; points: readonly ExemplarPoint[] }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { appearance } = useAppearance();
  const host = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [places, setPlaces] = useState<(Place | null)[]>([]);
  const onChart = useMemo(
    () =>
      points.map(({ time, value }) => ({
        time: Date.parse(time),
        value: chart.view === 'rate' ? null : value,
      })),
    [points, chart.view],
  );

  // The colours are read when drawing, so another appearance draws anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: appearance stands for the colours
  useEffect(() => {
    if (!host.current) return;
    return drawLines(host.current, chart, {
      height: HEIGHT,
      lang,
      chosen,
      onCursor: setCursor,
      points: onChart,
      onPlaced: setPlaces,
    });
  }, [chart, onChart, lang, chosen, appearance]);

  const time = cursor === null ? null : Date.parse(chart.from) + cursor * chart.stepSeconds * 1000;
  return (
    <>
      <div className="chart-with-points">
        <div className="chart-plot" ref={host} style={{ height: HEIGHT }} />
        {points.length > 0 && <ExemplarPoints chart={chart} points={points} places={places} />}
      </div>
      <p className="quiet small" aria-live="off">
        {time === null ? t('signals.newest') : formatClock(time, lang)}
      </p>
      <ul className="line-list">
        {chart.lines.map((line, index) => (
          <li key={nameOf(line)}>
            <button
              type="button"
              aria-pressed={chosen === index}
              onClick={() => setChosen(chosen === index ? null : index)}
            >
              <span className="line-swatch" style={{ background: lineColour(index) }} />
              <span className="line-name">{nameOf(line) || t('signals.all')}</span>
              <span className="line-value">
                {formatValue(
                  cursor === null ? newestOf(line) : line.values[cursor],
                  chart.unit,
                  lang,
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {chart.more > 0 && (
        <p className="quiet small">{t('signals.moreLines', { count: chart.more })}</p>
      )}
    </>
  );
}

/** What tells a line from the others. */
export function nameOf({ attributes }: MetricLine): string {
  return Object.entries(attributes)
    .map(([name, value]) => (name === 'k8s.pod.name' ? value : `${name}=${value}`))
    .join(' · ');
}

export function newestOf({ values }: MetricLine): number | null {
  for (let i = values.length - 1; i >= 0; i--) {
    const value = values[i];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}
