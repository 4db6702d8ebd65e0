import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Chart } from '../../api/types';
import { formatClock, formatMinutes } from '../../format/time';
import { formatNumber, scaleFor } from '../../format/value';
import { cssColor } from '../../theme/theme';
import { axisRange, columnsOf } from './series';

export interface PlotOptions {
  /** Ends of the time axis in epoch milliseconds; the same for all charts of an incident. */
  from: number;
  to: number;
  height: number;
  lang: string;
  onsetLabel: string;
  /** Told the sample under the cursor; null when the cursor is elsewhere. */
  onCursor: (time: number | null, value: number | null) => void;
}

const SYNC = 'incident';
const AXIS_FONT = '11px system-ui, sans-serif';

/** Draws a chart into an element and keeps its width; returns how to take it away. */
export function drawPlot(host: HTMLElement, chart: Chart, options: PlotOptions): () => void {
  const [times, raw] = columnsOf(chart.points);
  const largest = raw.reduce<number>((max, v) => Math.max(max, Math.abs(v ?? 0)), 0);
  const { factor, unit } = scaleFor(largest, chart.unit);
  const values = raw.map((value) => (value === null ? null : value * factor));
  const before = chart.before && {
    median: chart.before.median * factor,
    low: chart.before.low * factor,
    high: chart.before.high * factor,
  };
  const onset = new Date(chart.onset).getTime() / 1000;
  const text = cssColor('--text-2');
  const grid = { stroke: cssColor('--line'), width: 1 };

  const plot = new uPlot(
    {
      width: host.clientWidth || 480,
      height: options.height,
      padding: [14, 12, 0, 0],
      legend: { show: false },
      cursor: {
        sync: { key: SYNC, setSeries: false },
        drag: { x: false, y: false },
        points: { size: 7 },
      },
      scales: {
        x: { time: true, range: () => [options.from / 1000, options.to / 1000] },
        y: { range: () => axisRange(values, before) },
      },
      axes: [
        {
          stroke: text,
          font: AXIS_FONT,
          grid: { show: false },
          ticks: { ...grid, size: 4 },
          size: 26,
          space: 80,
          values: (_, splits, __, ___, step) => {
            const format = step < 60 ? formatClock : formatMinutes;
            return splits.map((time) => format(time * 1000, options.lang));
          },
        },
        {
          stroke: text,
          font: AXIS_FONT,
          labelFont: AXIS_FONT,
          ...(unit === '' ? {} : { label: unit, labelSize: 16, labelGap: 0 }),
          grid,
          ticks: { show: false },
          size: 52,
          space: 28,
          values: (_, splits) => splits.map((value) => formatNumber(value, options.lang)),
        },
      ],
      series: [
        {},
        {
          stroke: cssColor('--series'),
          width: 1.75,
          spanGaps: false,
          // Drawn by uPlot where samples are few, so that a lone one is seen.
          points: { size: 4, fill: cssColor('--series') },
        },
      ],
      hooks: {
        drawClear: [(self) => drawUsualRange(self, before, onset)],
        draw: [(self) => drawOnset(self, onset, options.onsetLabel)],
        setCursor: [
          (self) => {
            const index = self.cursor.idx;
            if (index === null || index === undefined) options.onCursor(null, null);
            else options.onCursor((times[index] ?? 0) * 1000, raw[index] ?? null);
          },
        ],
      },
    },
    [times, values],
    host,
  );
  host.dataset.drawn = 'true';

  const resized = new ResizeObserver(() => {
    if (host.clientWidth > 0 && host.clientWidth !== plot.width) {
      plot.setSize({ width: host.clientWidth, height: options.height });
    }
  });
  resized.observe(host);
  return () => {
    resized.disconnect();
    plot.destroy();
    delete host.dataset.drawn;
  };
}

/** The band of what was usual: full before the onset, from which it was learnt, and pale after. */
function drawUsualRange(plot: uPlot, before: Chart['before'], onset: number): void {
  if (!before) return;
  const { ctx, bbox } = plot;
  const right = bbox.left + bbox.width;
  const split = Math.min(right, Math.max(bbox.left, plot.valToPos(onset, 'x', true)));
  const top = plot.valToPos(before.high, 'y', true);
  const bottom = plot.valToPos(before.low, 'y', true);
  const height = Math.max(bottom - top, devicePixelRatio);
  ctx.save();
  ctx.fillStyle = cssColor('--band');
  ctx.fillRect(bbox.left, top, split - bbox.left, height);
  ctx.fillStyle = cssColor('--band-after');
  ctx.fillRect(split, top, right - split, height);
  ctx.strokeStyle = cssColor('--band-median');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  const middle = plot.valToPos(before.median, 'y', true);
  ctx.beginPath();
  ctx.moveTo(bbox.left, middle);
  ctx.lineTo(right, middle);
  ctx.stroke();
  ctx.restore();
}

function drawOnset(plot: uPlot, onset: number, label: string): void {
  const { ctx, bbox } = plot;
  const x = plot.valToPos(onset, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = cssColor('--cause');
  ctx.fillStyle = cssColor('--cause');
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `600 ${11 * devicePixelRatio}px system-ui, sans-serif`;
  const width = ctx.measureText(label).width;
  const left = Math.min(Math.max(x - width / 2, bbox.left), bbox.left + bbox.width - width);
  ctx.fillText(label, left, bbox.top - 4 * devicePixelRatio);
  ctx.restore();
}
