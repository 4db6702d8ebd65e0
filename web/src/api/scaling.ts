import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, remove } from './client';
import type {
  LearningJob,
  NewLearning,
  NewScalingPolicy,
  ScalableWorkloadDetail,
  ScalableWorkloads,
  ScalingLearning,
  ScalingMode,
  ScalingPlan,
  ScalingPolicy,
  ScalingWaves,
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
