import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get } from './client';
import type { EntityAddress } from './discovery';
import type {
  Exemplars,
  LogHistogram,
  LogPage,
  LogPatternPage,
  MetricChart,
  Signals,
  SpanPage,
  Trace,
} from './types';

/** Charts and counts of now are drawn anew so often. */
const REFRESH_MILLIS = 15_000;
const LINES_A_PAGE = 200;
const SPANS_A_PAGE = 50;
const PATTERNS_A_PAGE = 50;

/**
 * A length of time that ends at a moment.
 *
 * @property at RFC 3339; empty for now, which moves on
 */
export interface Range {
  at: string;
  minutes: number;
}

/** What signals are asked of: an entity, attributes as `name=value`, both or neither. */
export interface Subject extends EntityAddress {
  attribute: readonly string[];
}

export function boundsOf({ at, minutes }: Range): { from: string; to: string } {
  const to = at === '' ? Date.now() : Date.parse(at);
  return {
    from: new Date(to - minutes * 60_000).toISOString(),
    // What is newest is told by the hub's clock, not by this one.
    to: at === '' ? '' : new Date(to).toISOString(),
  };
}

const refresh = (range: Range) => (range.at === '' ? REFRESH_MILLIS : false);

export function useSignals(subject: Subject, range: Range, wanted = true) {
  return useQuery({
    queryKey: ['signals', subject, range],
    queryFn: ({ signal }) => get<Signals>('/signals', { ...subject, ...boundsOf(range) }, signal),
    enabled: wanted,
    placeholderData: keepPreviousData,
    refetchInterval: refresh(range),
    staleTime: 5_000,
  });
}

export interface ChartQuery {
  metric: string;
  view: string;
  by: string;
}

export function useMetricChart(subject: Subject, chart: ChartQuery, range: Range) {
  return useQuery({
    queryKey: ['metricChart', subject, chart, range],
    queryFn: ({ signal }) =>
      get<MetricChart>('/metrics/series', { ...subject, ...chart, ...boundsOf(range) }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: refresh(range),
    staleTime: 5_000,
  });
}

/** The newest that the chart of a metric has room for. */
export function useExemplars(subject: Subject, metric: string, range: Range) {
  return useQuery({
    queryKey: ['exemplars', subject, metric, range],
    queryFn: ({ signal }) =>
      get<Exemplars>('/metrics/exemplars', { ...subject, metric, ...boundsOf(range) }, signal),
    refetchInterval: refresh(range),
    staleTime: 5_000,
  });
}

export interface LogQuery {
  q: string;
  severity: string;
  trace: string;
}

export function useLogs(subject: Subject, query: LogQuery, range: Range, wanted = true) {
  return useInfiniteQuery({
    queryKey: ['logs', subject, query, range],
    queryFn: ({ pageParam, signal }) =>
      get<LogPage>(
        '/logs',
        { ...subject, ...query, ...boundsOf(range), limit: LINES_A_PAGE, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: wanted,
    placeholderData: keepPreviousData,
    // Who has gone on to older lines is reading them.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : refresh(range)),
    staleTime: 5_000,
  });
}

export function useLogHistogram(subject: Subject, query: LogQuery, range: Range) {
  return useQuery({
    queryKey: ['logHistogram', subject, query, range],
    queryFn: ({ signal }) =>
      get<LogHistogram>('/logs/histogram', { ...subject, ...query, ...boundsOf(range) }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: refresh(range),
    staleTime: 5_000,
  });
}

export interface LogPatternQuery {
  q: string;
  severity: string;
  /** RFC 3339; empty for all, however old. */
  newSince: string;
  sort: string;
}

export function useLogPatterns(
  subject: Subject,
  query: LogPatternQuery,
  range: Range,
  cursor: string | null,
) {
  return useQuery({
    queryKey: ['logPatterns', subject, query, range, cursor],
    queryFn: ({ signal }) =>
      get<LogPatternPage>(
        '/log-patterns',
        { ...subject, ...query, ...boundsOf(range), limit: PATTERNS_A_PAGE, cursor },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: refresh(range),
    staleTime: 5_000,
  });
}

export interface SpanQuery {
  service: string;
  operation: string;
  atLeast: string;
  failed: string;
  spans: string;
}

export function useSpans(subject: Subject, query: SpanQuery, range: Range, wanted = true) {
  return useInfiniteQuery({
    queryKey: ['spans', subject, query, range],
    queryFn: ({ pageParam, signal }) =>
      get<SpanPage>(
        '/traces',
        { ...subject, ...query, ...boundsOf(range), limit: SPANS_A_PAGE, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: wanted,
    placeholderData: keepPreviousData,
    refetchInterval: refresh(range),
    staleTime: 5_000,
  });
}

export function useTrace(id: string) {
  return useQuery({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => get<Trace>(`/traces/${encodeURIComponent(id)}`, {}, signal),
    staleTime: 5_000,
  });
}
