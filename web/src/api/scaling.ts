import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, remove, urlOf } from './client';
import type {
  LearningJob,
  NewLearning,
  NewScalingPolicy,
  ScalableWorkloadDetail,
  ScalableWorkloads,
  ScalingLearning,
  ScalingMode,
  ScalingMonth,
  ScalingPlan,
  ScalingPolicy,
  ScalingShadow,
  ScalingVerdicts,
  ScalingWaves,
  ShadowReplicas,
} from './types';

const SCALING = ['scaling'];
const REFRESH_MILLIS = 30_000;

/** What names a workload. */
export interface WorkloadAddress {
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
}

export interface WorkloadQuery {
  cluster: string;
  q: string;
  limit: number;
}

/** Workloads with how ready each is to be scaled. */
export function useScalableWorkloads(query: WorkloadQuery) {
  return useQuery({
    queryKey: [...SCALING, 'workloads', query],
    queryFn: ({ signal }) => get<ScalableWorkloads>('/scaling/workloads', { ...query }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MILLIS,
  });
}

export function useScalableWorkload(address: WorkloadAddress, lang: string) {
  return useQuery({
    queryKey: [...SCALING, 'workload', address, lang],
    queryFn: ({ signal }) =>
      get<ScalableWorkloadDetail>('/scaling/workload', { ...address, lang }, signal),
    refetchInterval: REFRESH_MILLIS,
  });
}

const LEARNING_WAIT_SECONDS = 10;

/** What was learned of a workload; while a job runs, the hub answers when it has come further. */
export function useScalingLearning(address: WorkloadAddress) {
  return useQuery({
    queryKey: [...SCALING, 'learning', address],
    queryFn: ({ signal, client, queryKey }) => {
      const before = client.getQueryData<ScalingLearning>(queryKey);
      const wait = runs(before) ? LEARNING_WAIT_SECONDS : 0;
      return get<ScalingLearning>('/scaling/learning', { ...address, wait }, signal);
    },
    refetchInterval: ({ state }) => (runs(state.data) ? 1_000 : REFRESH_MILLIS),
  });
}

function runs(learning: ScalingLearning | undefined): boolean {
  const state = learning?.job?.state;
  return state === 'QUEUED' || state === 'RUNNING';
}

export function useLearn() {
  return useChange((wanted: NewLearning) => post<LearningJob>('/scaling/learning', wanted));
}

export function useCancelLearning() {
  return useChange((address: WorkloadAddress) =>
    remove(`/scaling/learning?${new URLSearchParams({ ...address }).toString()}`),
  );
}

/** Which workloads are alike, which of them would go first, and in which order the others follow. */
export function useScalingWaves(cluster: string) {
  return useQuery({
    queryKey: [...SCALING, 'waves', cluster],
    queryFn: ({ signal }) => get<ScalingWaves>('/scaling/waves', { cluster }, signal),
  });
}

/** A policy in shadow is decided so often. */
const DECIDED_MILLIS = 15_000;
const HOUR_MILLIS = 3_600_000;
const DECISIONS_A_PAGE = 20;
const VERDICTS_A_PAGE = 20;

/**
 * What a policy in shadow decided, the newest first.
 *
 * @param cursor where a page ended; null for the newest
 */
export function useScalingShadow(
  { cluster, namespace, name }: PolicyAddress,
  cursor: string | null,
) {
  return useQuery({
    queryKey: [...SCALING, 'shadow', cluster, namespace, name, cursor],
    queryFn: ({ signal }) =>
      get<ScalingShadow>(
        '/scaling/shadow',
        { cluster, namespace, name, cursor, limit: DECISIONS_A_PAGE },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: DECIDED_MILLIS,
  });
}

/** Replicas in force and in shadow over the last hours. */
export function useShadowReplicas({ cluster, namespace, name }: PolicyAddress, hours: number) {
  return useQuery({
    queryKey: [...SCALING, 'shadowReplicas', cluster, namespace, name, hours],
    queryFn: ({ signal }) =>
      get<ShadowReplicas>(
        '/scaling/shadow/replicas',
        {
          cluster,
          namespace,
          name,
          from: new Date(Date.now() - hours * HOUR_MILLIS).toISOString(),
        },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MILLIS,
  });
}

/**
 * Whether changes of a workload's replicas were right, the newest first.
 *
 * @param cursor where a page ended; null for the newest
 */
export function useScalingVerdicts(address: WorkloadAddress, cursor: string | null) {
  return useQuery({
    queryKey: [...SCALING, 'verdicts', address, cursor],
    queryFn: ({ signal }) =>
      get<ScalingVerdicts>(
        '/scaling/verdicts',
        { ...address, cursor, limit: VERDICTS_A_PAGE },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MILLIS,
  });
}

/** Of which month and cluster a report is; each empty for the present one and for all. */
export interface ReportQuery {
  month: string;
  cluster: string;
}

export function useScalingReport(query: ReportQuery) {
  return useQuery({
    queryKey: [...SCALING, 'report', query],
    queryFn: ({ signal }) => get<ScalingMonth>('/scaling/report', { ...query }, signal),
    placeholderData: keepPreviousData,
  });
}

/** Where the report is downloaded as a file. */
export function reportFileUrl(query: ReportQuery, lang: string): string {
  return urlOf('/scaling/report/file', { ...query, lang });
}

/** Changes something of scaling; all that is shown of it is read anew after that. */
function useChange<V, T>(change: (value: V) => Promise<T>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: SCALING }),
  });
}

function named({ cluster, namespace, name }: PolicyAddress): string {
  return new URLSearchParams({ cluster, namespace, name }).toString();
}

/** What names a policy. */
export type PolicyAddress = Pick<ScalingPolicy, 'cluster' | 'namespace' | 'name'>;

export function useSetPolicy() {
  return useChange((policy: NewScalingPolicy) => put<ScalingPolicy>('/scaling/policy', policy));
}

export function useRemovePolicy() {
  return useChange((policy: PolicyAddress) => remove(`/scaling/policy?${named(policy)}`));
}

export function useMove() {
  return useChange(
    ({ policy, mode, reason }: { policy: PolicyAddress; mode: ScalingMode; reason: string }) =>
      put<ScalingPolicy>(`/scaling/policy/mode?${named(policy)}`, { mode, reason }),
  );
}

export function usePlan() {
  return useChange(({ cluster, namespace, name }: PolicyAddress) =>
    post<ScalingPlan>('/scaling/plans', { cluster, namespace, policy: name }),
  );
}

export function useDecide() {
  return useChange(({ id, decision }: { id: string; decision: 'confirm' | 'cancel' }) =>
    post<ScalingPlan>(`/scaling/plans/${encodeURIComponent(id)}/${decision}`),
  );
}
