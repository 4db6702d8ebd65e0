import { useEffect, useState } from 'react';
import { urlOf } from '../../api/client';
import type { LogQuery, Subject } from '../../api/signals';
import type { LogLine, LogTail } from '../../api/types';
import { keysOf } from './LogLines';

/** Lines that came while following; what is older is found by searching. */
const MOST_KEPT = 2_000;

export interface Followed {
  /** Newest first. */
  lines: LogLine[];
  /** Lines that came too but were not told, because there were too many. */
  skipped: number;
  state: 'connecting' | 'following' | 'broken';
}

const NOTHING: Followed = { lines: [], skipped: 0, state: 'connecting' };

/** Puts what came on top of what is there; what a stream that was taken up again repeats is left out. */
export function withNews(before: Followed, { items, skipped }: LogTail): Followed {
  const known = new Set(keysOf(before.lines));
  const keys = keysOf(items);
  const fresh = items.filter((_, index) => !known.has(keys[index] ?? '')).reverse();
  return {
    lines: [...fresh, ...before.lines].slice(0, MOST_KEPT),
    skipped: before.skipped + skipped,
    state: 'following',
  };
}

/** What was followed before what was searched; what is in both is shown once. */
export function joined(followed: LogLine[], searched: LogLine[]): LogLine[] {
  const known = new Set(keysOf(followed));
  const keys = keysOf(searched);
  return [...followed, ...searched.filter((_, index) => !known.has(keys[index] ?? ''))];
}

/** Follows the log while wanted; lines come from the moment on at which it began. */
export function useLogTail(subject: Subject, query: LogQuery, wanted: boolean): Followed {
  const [followed, setFollowed] = useState(NOTHING);
  const url = urlOf('/logs/tail', { ...subject, ...query });
  useEffect(() => {
    if (!wanted) return;
    setFollowed(NOTHING);
    const source = new EventSource(url);
    source.onopen = () => setFollowed((before) => ({ ...before, state: 'following' }));
    // A stream that ended is taken up again by the browser; one that was refused is not.
    source.onerror = () =>
      setFollowed((before) => ({
        ...before,
        state: source.readyState === EventSource.CLOSED ? 'broken' : 'connecting',
      }));
    source.addEventListener('lines', (event) => {
      const news = JSON.parse((event as MessageEvent<string>).data) as LogTail;
      setFollowed((before) => withNews(before, news));
    });
    return () => source.close();
  }, [url, wanted]);
  return followed;
}
