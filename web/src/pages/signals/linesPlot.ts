import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { MetricChart } from '../../api/types';
import { formatClock, formatMinutes } from '../../format/time';
import { formatNumber, scaleFor } from '../../format/value';
import { cssColor } from '../../theme/theme';

export interface LinesOptions {
  height: number;
  lang: string;
  /** The line that stands out; null for none. */
  chosen: number | null;
  /** Told the time under the cursor as an index into the values; null when it is elsewhere. */
  onCursor: (index: number | null) => void;
  /** Points over the lines; null as a value is at the bottom. */
  points: readonly { time: number; value: number | null }[];
  /** Told where the points are each time the chart is drawn; null for one that is beside it. */
  onPlaced: (places: (Place | null)[]) => void;
}

/** Pixels from the chart's corner. */
export interface Place {
  left: number;
  top: number;
}

const SYNC = 'explore';
const AXIS_FONT = '11px system-ui, sans-serif';

/** Colours of lines by their place; told apart by their names in the legend as well. */
export const LINE_COLOURS = 10;

export function lineColour(index: number): string {
  return cssColor(`--line-${index % LINE_COLOURS}`);
}

export function largestOf(chart: MetricChart): number {
  let largest = 0;
  for (const { values } of chart.lines) {
    for (const value of values) largest = Math.max(largest, Math.abs(value ?? 0));
  }
  return largest;
}

/** A value beyond the scale is at its end. */
function placesOf(plot: uPlot, points: LinesOptions['points'], factor: number): (Place | null)[] {
  const { clientWidth: width, clientHeight: height, offsetLeft, offsetTop } = plot.over;
  return points.map(({ time, value }) => {
    const left = plot.valToPos(time / 1000, 'x');
    if (left < 0 || left > width) return null;
    const top = value === null ? height : plot.valToPos(value * factor, 'y');
    return { left: offsetLeft + left, top: offsetTop + Math.min(height, Math.max(0, top)) };
  });
}

/** Draws lines into an element and keeps its width; returns how to take them away. */
export function drawLines(
  host: HTMLElement,
  chart: MetricChart,
  options: LinesOptions,
): () => void {
  const { factor, unit } = scaleFor(largestOf(chart), chart.unit);
  const from = Date.parse(chart.from) / 1000;
  const times = Array.from({ length: chart.times }, (_, i) => from + i * chart.stepSeconds);
  const text = cssColor('--text-2');
  const grid = { stroke: cssColor('--line'), width: 1 };
  const plot = new uPlot(
    {
      width: host.clientWidth || 480,
      height: options.height,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: {
        sync: { key: SYNC, setSeries: false },
        drag: { x: false, y: false },
        points: { size: 6 },
      },
      scales: {
        x: { time: true },
        y: { range: (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.05 : 1] },
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
        ...chart.lines.map((_, index) => ({
          stroke: lineColour(index),
          width: options.chosen === index ? 3 : 1.5,
          alpha: options.chosen === null || options.chosen === index ? 1 : 0.25,
          spanGaps: false,
          points: { size: 4, fill: lineColour(index) },
        })),
      ],
      hooks: {
        setCursor: [(self) => options.onCursor(self.cursor.idx ?? null)],
        draw: [(self) => options.onPlaced(placesOf(self, options.points, factor))],
      },
    },
    [
      times,
      ...chart.lines.map(({ values }) =>
        values.map((value) => (value === null ? null : value * factor)),
      ),
    ],
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
