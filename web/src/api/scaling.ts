import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, remove } from './client';
import type {
  NewScalingPolicy,
  ScalableWorkloadDetail,
  ScalableWorkloads,
  ScalingMode,
  ScalingPlan,
  ScalingPolicy,
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
