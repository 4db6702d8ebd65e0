import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatMinutes } from '../../../format/time';
import { formatNumber } from '../../../format/value';
import { cssColor } from '../../../theme/theme';
import { lineColour } from '../../signals/linesPlot';

const AXIS_FONT = '11px system-ui, sans-serif';
const DAY_SECONDS = 86_400;

type Values = (number | null)[];

/** Latency by load: what was seen as points, what was fitted as a line. */
export interface Knee {
  points: readonly { load: number; seconds: number }[];
  curve: readonly { load: number; seconds: number }[];
  /** Marked on the axis of load, with its interval. */
  capacity: { low: number; value: number; high: number } | null;
}

/** Load and, on an axis of their own, replicas under several policies. */
export interface Replay {
  /** Epoch milliseconds of the first step. */
  from: number;
  stepSeconds: number;
  load: Values;
  replicas: readonly { name: string; values: Values }[];
}

/** Replicas over time, and nothing else. */
export type Course = Omit<Replay, 'load'>;

export interface CurveOptions {
  height: number;
  lang: string;
  labels: { x: string; left: string; right: string };
  onCursor: (index: number | null) => void;
}

function axis(lang: string, label: string): uPlot.Axis {
  return {
    stroke: cssColor('--text-2'),
    font: AXIS_FONT,
    labelFont: AXIS_FONT,
    label,
    labelSize: 16,
    labelGap: 0,
    grid: { stroke: cssColor('--line'), width: 1 },
    ticks: { show: false },
    size: 52,
    space: 28,
    values: (_, splits) => splits.map((value) => formatNumber(value, lang)),
  };
}

/** Both sets of loads in one ascending row, as the plot wants them. */
export function merged({ points, curve }: Knee): [number[], Values, Values] {
  const loads = [...new Set([...points, ...curve].map(({ load }) => load))].sort((a, b) => a - b);
  const at = (of: Knee['points']) => {
    const known = new Map(of.map(({ load, seconds }) => [load, seconds]));
    return loads.map((load) => known.get(load) ?? null);
  };
  return [loads, at(points), at(curve)];
}

const ROOF = 3;

/**
 * Where the plot ends, in seconds: what was seen fills a third of it, and the curve, which goes on
 * to many times of that beyond the capacity, leaves it.
 */
export function roofOf({ points, curve }: Pick<Knee, 'points' | 'curve'>): number {
  const highest = (of: Knee['points']) =>
    of.reduce((most, { seconds }) => Math.max(most, seconds), 0);
  return highest(points) * ROOF || highest(curve) * 1.05 || 1;
}

function shadeCapacity(plot: uPlot, capacity: NonNullable<Knee['capacity']>) {
  const { ctx, bbox } = plot;
  const left = plot.valToPos(capacity.low, 'x', true);
  const right = plot.valToPos(capacity.high, 'x', true);
  const middle = plot.valToPos(capacity.value, 'x', true);
  ctx.save();
  ctx.fillStyle = ctx.strokeStyle = lineColour(1);
  ctx.globalAlpha = 0.15;
  ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height);
  ctx.globalAlpha = 1;
  ctx.beginPath();
  ctx.moveTo(middle, bbox.top);
  ctx.lineTo(middle, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/** Draws the knee into an element and keeps its width; returns how to take it away. */
export function drawKnee(host: HTMLElement, knee: Knee, options: CurveOptions): () => void {
  const { capacity } = knee;
  return drawn(
    host,
    {
      width: host.clientWidth || 480,
      height: options.height,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: (_, low, high) => [Math.min(0, low), high] },
        y: { range: [0, roofOf(knee)] },
      },
      axes: [
        { ...axis(options.lang, options.labels.x), size: 30 },
        axis(options.lang, options.labels.left),
      ],
      series: [
        {},
        {
          stroke: lineColour(0),
          paths: () => null,
          points: { show: true, size: 5, fill: lineColour(0) },
        },
        { stroke: lineColour(1), width: 2, spanGaps: true, points: { show: false } },
      ],
      hooks: {
        setCursor: [(self) => options.onCursor(self.cursor.idx ?? null)],
        drawAxes: capacity ? [(self) => shadeCapacity(self, capacity)] : [],
      },
    },
    merged(knee),
    options.height,
  );
}

function steps(): Pick<uPlot.Series, 'paths'> {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  return paths ? { paths } : {};
}

function moment(time: number, long: boolean, lang: string): string {
  if (!long) return formatMinutes(time, lang);
  return new Date(time).toLocaleString(lang, {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    hourCycle: 'h23',
  });
}

function timeAxis(long: boolean, lang: string): uPlot.Axis {
  return {
    stroke: cssColor('--text-2'),
    font: AXIS_FONT,
    grid: { show: false },
    size: 26,
    space: 80,
    values: (_, splits) => splits.map((time) => moment(time * 1000, long, lang)),
  };
}

/** Where each step begins, in seconds since 1970. */
function timesOf({ from, stepSeconds }: Pick<Replay, 'from' | 'stepSeconds'>, steps: number) {
  return Array.from({ length: steps }, (_, i) => from / 1000 + i * stepSeconds);
}

function replicaLines(of: Course['replicas'], scale: string): uPlot.Series[] {
  return of.map((_, index) => ({
    scale,
    stroke: lineColour(index),
    width: index === 0 ? 2.5 : 1.5,
    ...steps(),
    points: { show: false },
  }));
}

/** Draws a replay into an element and keeps its width; returns how to take it away. */
export function drawReplay(host: HTMLElement, replay: Replay, options: CurveOptions): () => void {
  const long = replay.load.length * replay.stepSeconds > DAY_SECONDS;
  return drawn(
    host,
    {
      width: host.clientWidth || 480,
      height: options.height,
      padding: [8, 0, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: true },
        y: { range: (_, __, high) => [0, high > 0 ? high * 1.05 : 1] },
        replicas: { range: (_, __, high) => [0, high > 0 ? high * 1.15 : 1] },
      },
      axes: [
        timeAxis(long, options.lang),
        axis(options.lang, options.labels.left),
        {
          ...axis(options.lang, options.labels.right),
          scale: 'replicas',
          side: 1,
          grid: { show: false },
        },
      ],
      series: [
        {},
        {
          stroke: cssColor('--text-2'),
          fill: cssColor('--line'),
          width: 1,
          points: { show: false },
        },
        ...replicaLines(replay.replicas, 'replicas'),
      ],
      hooks: { setCursor: [(self) => options.onCursor(self.cursor.idx ?? null)] },
    },
    [
      timesOf(replay, replay.load.length),
      replay.load,
      ...replay.replicas.map(({ values }) => values),
    ],
    options.height,
  );
}

/**
 * Draws replicas over time into an element and keeps its width; returns how to take it away. The
 * last step is drawn to its end, so that a first decision is seen at once.
 */
export function drawCourse(host: HTMLElement, course: Course, options: CurveOptions): () => void {
  const count = Math.max(0, ...course.replicas.map(({ values }) => values.length));
  return drawn(
    host,
    {
      width: host.clientWidth || 480,
      height: options.height,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: true },
        y: { range: (_, __, high) => [0, high > 0 ? high * 1.15 : 1] },
      },
      axes: [
        timeAxis(count * course.stepSeconds > DAY_SECONDS, options.lang),
        axis(options.lang, options.labels.left),
      ],
      series: [{}, ...replicaLines(course.replicas, 'y')],
      hooks: {
        setCursor: [
          ({ cursor: { idx } }) => options.onCursor(idx == null ? null : Math.min(idx, count - 1)),
        ],
      },
    },
    [
      timesOf(course, count + 1),
      ...course.replicas.map(({ values }) => [...values, values.at(-1) ?? null]),
    ],
    options.height,
  );
}

function drawn(
  host: HTMLElement,
  options: uPlot.Options,
  data: uPlot.AlignedData,
  height: number,
): () => void {
  const plot = new uPlot(options, data, host);
  host.dataset.drawn = 'true';
  const resized = new ResizeObserver(() => {
    if (host.clientWidth > 0 && host.clientWidth !== plot.width) {
      plot.setSize({ width: host.clientWidth, height });
    }
  });
  resized.observe(host);
  return () => {
    resized.disconnect();
    plot.destroy();
    delete host.dataset.drawn;
  };
}
