import type { Chart } from '../../api/types';

/** A series in the columns that uPlot draws: epoch seconds and values, null where nothing was seen. */
export type Columns = [times: number[], values: (number | null)[]];

/** Two samples further apart than so many usual steps have a gap between them. */
const GAP_STEPS = 2.6;

/**
 * Columns of a chart's points. Where samples are missing without being marked so, a null is put in,
 * because a line across a gap would claim what nobody measured.
 */
export function columnsOf(points: Chart['points']): Columns {
  const usual = usualStep(points);
  const times: number[] = [];
  const values: (number | null)[] = [];
  let before: number | null = null;
  for (const [time, value] of points) {
    if (before !== null && usual > 0 && time - before > usual * GAP_STEPS) {
      times.push((before + usual) / 1000);
      values.push(null);
    }
    times.push(time / 1000);
    values.push(value);
    before = time;
  }
  return [times, values];
}

function usualStep(points: Chart['points']): number {
  const steps: number[] = [];
  for (let i = 1; i < points.length; i++) {
    const [here] = points[i] ?? [0];
    const [there] = points[i - 1] ?? [0];
    steps.push(here - there);
  }
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

/**
 * Lowest and highest value of the axis: data and usual range with some air; from zero where zero is
 * near, so that small wobbles do not look like storms.
 */
export function axisRange(values: (number | null)[], before: Chart['before']): [number, number] {
  let low = before ? before.low : Number.POSITIVE_INFINITY;
  let high = before ? before.high : Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  if (low === high) {
    const air = Math.abs(low) / 2 || 1;
    return [low >= 0 ? Math.max(0, low - air) : low - air, high + air];
  }
  const air = (high - low) * 0.08;
  const bottom = low >= 0 && low < high * 0.6 ? 0 : low - air;
  return [bottom, high + air];
}
