import type { Stretch } from '../api/types';

export const MINUTE = 60_000;

/** How far back the slider reaches, in minutes. */
export const SPANS = [60, 360, 1_440, 10_080, 43_200] as const;

/** A part of the slider, from 0 at its left to 1 at its right. */
export interface Part {
  from: number;
  to: number;
}

/** What of a window was not heard: everything outside of the stretches, oldest first. */
export function gapsOf(stretches: readonly Stretch[], from: number, to: number): Part[] {
  const share = (time: number) => (time - from) / (to - from);
  const gaps: Part[] = [];
  let heardUntil = from;
  const heard = stretches
    .map((stretch) => [Date.parse(stretch.from), Date.parse(stretch.to)] as const)
    .filter(([begin, end]) => end > from && begin < to)
    .sort(([a], [b]) => a - b);
  for (const [begin, end] of heard) {
    if (begin > heardUntil) gaps.push({ from: share(heardUntil), to: share(begin) });
    heardUntil = Math.max(heardUntil, end);
  }
  // The last stretch grows while the hub listens; a minute at its end is no gap.
  if (to - heardUntil > 2 * MINUTE) gaps.push({ from: share(heardUntil), to: 1 });
  return gaps;
}

/** Whether a moment lies in a stretch that was heard; a minute counts as a whole. */
export function isHeard(stretches: readonly Stretch[], time: number): boolean {
  return stretches.some(
    ({ from, to }) => time >= Date.parse(from) - MINUTE && time <= Date.parse(to) + 2 * MINUTE,
  );
}

/** The shortest span that reaches back to a moment. */
export function spanFor(minutesBack: number): number {
  return SPANS.find((span) => minutesBack <= span) ?? SPANS[SPANS.length - 1] ?? 60;
}

/** A moment as the API takes it, without the fraction of a second. */
export function momentOf(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 19)}Z`;
}
