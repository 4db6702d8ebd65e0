import { keepPreviousData, QueryClient, useMutation, useQuery } from '@tanstack/react-query';
import { currentSession, get, Problem } from './client';
import type {
  About,
  AuditEntry,
  AuditVerification,
  ImportedBundle,
  Incident,
  IncidentSummary,
  Job,
  JobState,
  Page,
} from './types';

export const PAGE_SIZE = 50;

/** Half the pause between two diagnoses of a cluster. */
export const LIVE_REFRESH_MILLIS = 15_000;

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: false,
        // What the hub has answered stands; only silence and its own failures are worth a second try.
        retry: (failures, error) =>
          failures < 1 &&
          (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
        retryDelay: 800,
      },
    },
  });
}

export const SESSION = ['session'] as const;

export function useSession() {
  return useQuery({
    queryKey: SESSION,
    queryFn: ({ signal }) => currentSession(signal),
    staleTime: 60_000,
  });
}

export const aboutQuery = {
  queryKey: ['about'],
  queryFn: () => get<About>('/about'),
  staleTime: Number.POSITIVE_INFINITY,
} as const;

export function useAbout() {
  return useQuery(aboutQuery);
}

export function useIncidents(query: {
  lang: string;
  q: string;
  bundle: string;
  status: string;
  cluster: string;
  cursor: string | null;
}) {
  return useQuery({
    queryKey: ['incidents', query],
    queryFn: ({ signal }) =>
      get<Page<IncidentSummary>>('/incidents', { ...query, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_REFRESH_MILLIS,
  });
}

/** Asks again while the incident is open. */
export function useIncident(id: string, lang: string) {
  return useQuery<Incident>({
    queryKey: ['incident', id, lang],
    queryFn: ({ signal }) =>
      get<Incident>(`/incidents/${encodeURIComponent(id)}`, { lang }, signal),
    placeholderData: (previous) => (previous?.id === id ? previous : undefined),
    staleTime: 60_000,
    refetchInterval: (query) => (query.state.data?.status === 'OPEN' ? LIVE_REFRESH_MILLIS : false),
  });
}

export function useBundles(cursor: string | null) {
  return useQuery({
    queryKey: ['bundles', cursor],
    queryFn: ({ signal }) =>
      get<Page<ImportedBundle>>('/bundles', { cursor, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
}

export function useAudit(query: { action: string; user: string; cursor: string | null }) {
  return useQuery({
    queryKey: ['audit', query],
    queryFn: ({ signal }) =>
      get<Page<AuditEntry>>('/audit', { ...query, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

const FINAL: readonly JobState[] = ['DONE', 'FAILED', 'CANCELLED'];

export function isFinal(job: Job | undefined): boolean {
  return job !== undefined && FINAL.includes(job.state);
}

/** Asks again until the job has ended. */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => get<Job>(`/jobs/${encodeURIComponent(id ?? '')}`, {}, signal),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: (query) => (isFinal(query.state.data) || query.state.error ? false : 700),
  });
}

/** Goes through the whole chain of entries, so only when asked. */
export function useAuditVerification() {
  return useMutation({ mutationFn: () => get<AuditVerification>('/audit/verification') });
}
