import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import { get, post, put, remove } from './client';
import type {
  AuditWebhook,
  Cluster,
  ClusterCheck,
  ClusterHistory,
  ClusterRegistration,
  EntityDetail,
  EntityPage,
  EntityProfile,
  EntityRow,
  EntitySummary,
  HappeningPage,
  NeighbourMap,
  Owner,
  Placement,
  Pool,
  RegisteredCluster,
  Retention,
} from './types';

/** How often what is shown of now is asked for again. */
export const REFRESH_MILLIS = 5_000;

/** Lists of which so many pages are on the screen are refreshed less often, to spare the hub. */
const LONG_LIST_PAGES = 3;
const LONG_LIST_REFRESH_MILLIS = 30_000;

export const ROWS_A_PAGE = 100;
export const MOST_ROWS_A_PAGE = 500;
const HAPPENINGS_A_PAGE = 100;

/** Now is asked for again and again; the past does not change. */
const refresh = (at: string) => (at === '' ? REFRESH_MILLIS : false);

export function useClusters() {
  return useQuery({
    queryKey: ['clusters'],
    queryFn: ({ signal }) => get<{ items: Cluster[] }>('/clusters', {}, signal),
    refetchInterval: REFRESH_MILLIS,
    staleTime: 2_000,
  });
}

export function useRetention() {
  return useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => get<Retention>('/retention', {}, signal),
    refetchInterval: 60_000,
    staleTime: 30_000,
  });
}

export function useClusterHistory(cluster: string) {
  return useQuery({
    queryKey: ['clusterHistory', cluster],
    queryFn: ({ signal }) =>
      get<ClusterHistory>(`/clusters/${encodeURIComponent(cluster)}/history`, {}, signal),
    enabled: cluster !== '',
    refetchInterval: 60_000,
    staleTime: 30_000,
  });
}

export function useClusterCheck() {
  return useMutation({
    mutationFn: (registration: ClusterRegistration) =>
      post<ClusterCheck>('/clusters/check', registration),
  });
}

/** Registers a cluster, or gives a registered one another address and other credentials. */
export function useClusterRegistration(replaced: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (registration: ClusterRegistration) =>
      replaced === null
        ? post<RegisteredCluster>('/clusters', registration)
        : put<RegisteredCluster>(`/clusters/${encodeURIComponent(replaced)}`, registration),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['clusters'] }),
  });
}

export function useClusterRemoval() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => remove(`/clusters/${encodeURIComponent(name)}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['clusters'] }),
  });
}

/** Makes the token of a cluster's audit webhook, which ends the one before; forgotten when unseen. */
export function useAuditWebhook(cluster: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => put<AuditWebhook>(`/clusters/${encodeURIComponent(cluster)}/audit-webhook`),
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['clusters'] }),
  });
}

export function useAuditWebhookEnd(cluster: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => remove(`/clusters/${encodeURIComponent(cluster)}/audit-webhook`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['clusters'] }),
  });
}

/** How a list that is read page by page goes on. */
export interface Further {
  /** Whether nothing is left to load. */
  complete: boolean;
  loading: boolean;
  load: () => void;
  /** For lists that load when their end comes in sight: after a failure it waits for `load`. */
  onEnd: () => void;
}

export function useFurther<T>(query: UseInfiniteQueryResult<InfiniteData<T>>): Further {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const load = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const onEnd = useCallback(() => {
    if (!isFetchNextPageError) load();
  }, [isFetchNextPageError, load]);
  return { complete: !hasNextPage, loading: isFetchingNextPage, load, onEnd };
}

/** Filters and order of a list of entities, as the address and the API spell them. */
export interface EntityQuery {
  cluster: string;
  type: string;
  namespace: string;
  q: string;
  health: string;
  node: string;
  team: string;
  application: string;
  label: string;
  sort: string;
  at: string;
}

export function fetchEntities(
  query: Partial<EntityQuery> & { lang: string; limit: number; cursor?: string | null },
  signal?: AbortSignal,
): Promise<EntityPage> {
  return get<EntityPage>('/entities', query, signal);
}

export function useEntities(query: EntityQuery, lang: string) {
  return useInfiniteQuery({
    queryKey: ['entities', query, lang],
    queryFn: ({ pageParam, signal }) =>
      fetchEntities({ ...query, lang, limit: ROWS_A_PAGE, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      query.at !== ''
        ? false
        : (state.data?.pages.length ?? 0) > LONG_LIST_PAGES
          ? LONG_LIST_REFRESH_MILLIS
          : REFRESH_MILLIS,
    staleTime: 2_000,
  });
}

export function useEntitySummary(
  query: { cluster: string; namespace: string; at: string },
  lang: string,
) {
  return useQuery({
    queryKey: ['entitySummary', query, lang],
    queryFn: ({ signal }) => get<EntitySummary>('/entities/summary', { ...query, lang }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: refresh(query.at),
    staleTime: 2_000,
  });
}

/** Entities by name, for boxes that search while one types. */
export function useEntitySearch(q: string, lang: string, most: number, cluster = '', type = '') {
  return useQuery({
    queryKey: ['entitySearch', q, lang, most, cluster, type],
    queryFn: ({ signal }) => fetchEntities({ q, lang, limit: most, cluster, type }, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

/** What tells one entity from all others, as the address and the API spell it. */
export interface EntityAddress {
  cluster: string;
  type: string;
  namespace: string;
  name: string;
  kind: string;
  pod: string;
}

export function useEntity(address: EntityAddress, at: string, lang: string) {
  return useQuery({
    queryKey: ['entity', address, at, lang],
    queryFn: ({ signal }) => get<EntityDetail>('/entity', { ...address, at, lang }, signal),
    placeholderData: (previous) => (previous && isOf(previous, address) ? previous : undefined),
    refetchInterval: refresh(at),
    staleTime: 2_000,
  });
}

/** What its containers are, as far as is known now. */
export function useEntityProfile(row: EntityRow, wanted: boolean) {
  const { cluster, type, namespace, name, pod } = row;
  const address = { cluster, type, namespace: namespace ?? '', name, pod: pod ?? '' };
  return useQuery({
    queryKey: ['entityProfile', address],
    queryFn: ({ signal }) => get<EntityProfile>('/entity/profile', address, signal),
    enabled: wanted,
    refetchInterval: 60_000,
    staleTime: 15_000,
  });
}

function isOf({ entity }: EntityDetail, address: EntityAddress): boolean {
  return (
    entity.type === address.type &&
    entity.name === address.name &&
    (entity.namespace ?? '') === address.namespace
  );
}

export function useEntityObject(address: EntityAddress, wanted: boolean) {
  return useQuery({
    queryKey: ['entityObject', address],
    queryFn: ({ signal }) => {
      const { pod, ...object } = address;
      return get<Record<string, unknown>>('/entity/object', object, signal);
    },
    enabled: wanted,
    staleTime: 5_000,
  });
}

export function useNeighbourMap(
  address: EntityAddress,
  expand: readonly string[],
  at: string,
  lang: string,
) {
  return useQuery({
    queryKey: ['map', address, expand, at, lang],
    queryFn: ({ signal }) =>
      get<NeighbourMap>('/map', { ...address, expand: expand.join(','), at, lang }, signal),
    enabled: address.name !== '',
    placeholderData: keepPreviousData,
    refetchInterval: refresh(at),
    staleTime: 2_000,
  });
}

export interface HappeningQuery {
  cluster: string;
  from: string;
  to: string;
  what: string;
  change: string;
  q: string;
  near: string;
  hops: number | '';
  warning: string;
}

/**
 * @param span milliseconds before now, in place of `from` and `to`: a window that moves with time
 */
export function useHappenings(
  query: HappeningQuery,
  span: number | null,
  lang: string,
  wanted = true,
) {
  return useInfiniteQuery({
    queryKey: ['happenings', query, span, lang],
    queryFn: ({ pageParam, signal }) =>
      get<HappeningPage>(
        '/happenings',
        {
          ...query,
          ...(span === null ? {} : { from: new Date(Date.now() - span).toISOString(), to: '' }),
          lang,
          limit: HAPPENINGS_A_PAGE,
          cursor: pageParam,
        },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: wanted,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      span === null
        ? false
        : (state.data?.pages.length ?? 0) > LONG_LIST_PAGES
          ? LONG_LIST_REFRESH_MILLIS
          : REFRESH_MILLIS,
    staleTime: 2_000,
  });
}

export function usePools(
  query: { cluster: string; by: string; label: string; at: string },
  wanted: boolean,
) {
  return useQuery({
    queryKey: ['pools', query],
    queryFn: ({ signal }) =>
      get<{ items: Pool[]; asOf: string | null }>('/pools', { ...query }, signal),
    enabled: wanted,
    placeholderData: keepPreviousData,
    refetchInterval: refresh(query.at),
    staleTime: 2_000,
  });
}

export function useOwners(query: { cluster: string; by: string; at: string }, wanted: boolean) {
  return useQuery({
    queryKey: ['owners', query],
    queryFn: ({ signal }) =>
      get<{ items: Owner[]; asOf: string | null }>('/teams', { ...query }, signal),
    enabled: wanted,
    placeholderData: keepPreviousData,
    refetchInterval: refresh(query.at),
    staleTime: 2_000,
  });
}

export interface PlacementQuery {
  cluster: string;
  cpu: string;
  memory: string;
  nodeSelector: string;
  arch: string;
  tolerate: string;
  by: string;
  label: string;
}

export function usePlacement(query: PlacementQuery, lang: string, wanted: boolean) {
  return useQuery({
    queryKey: ['placement', query, lang],
    queryFn: ({ signal }) => get<Placement>('/placement', { ...query, lang }, signal),
    enabled: wanted,
    placeholderData: keepPreviousData,
    staleTime: 2_000,
  });
}
