import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAge, formatTime, formatUtc } from '../format/time';

const TICK_MILLIS = 5_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const told of listeners) told();
  }, TICK_MILLIS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time of day, to a few seconds; all who ask share one clock. */
export function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => now,
    () => now,
  );
}

/**
 * How long ago, in its largest unit; the moment itself in the viewer's zone and in UTC on hover.
 *
 * @param until what it is counted back from, where that is not now
 */
export function Ago({ value, until }: { value: string; until?: string }) {
  const { i18n } = useTranslation();
  const clock = useNow();
  const age = formatAge((until ? Date.parse(until) : clock) - Date.parse(value), i18n.language);
  return (
    <time dateTime={value} title={`${formatTime(value, i18n.language)}\n${formatUtc(value)}`}>
      {age}
    </time>
  );
}
