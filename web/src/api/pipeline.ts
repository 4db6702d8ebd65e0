import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, put, remove } from './client';
import { REFRESH_MILLIS } from './discovery';
import type { IngestToken, TargetPage, TelemetryPipeline } from './types';

const PIPELINE = ['pipeline'];
export const TARGETS_A_PAGE = 50;

export function usePipeline() {
  return useQuery({
    queryKey: PIPELINE,
    queryFn: ({ signal }) => get<TelemetryPipeline>('/pipeline', {}, signal),
    refetchInterval: REFRESH_MILLIS,
  });
}

export function useTargets(search: {
  cluster: string;
  failing: string;
  q: string;
  cursor: string | null;
}) {
  return useQuery({
    queryKey: ['targets', search],
    queryFn: ({ signal }) =>
      get<TargetPage>('/pipeline/targets', { ...search, limit: TARGETS_A_PAGE }, signal),
    refetchInterval: REFRESH_MILLIS,
    placeholderData: keepPreviousData,
  });
}

export function useIngestOpening() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => put<IngestToken>('/pipeline/ingest-token'),
    onSuccess: () => queries.invalidateQueries({ queryKey: PIPELINE }),
  });
}

export function useIngestClosing() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => remove('/pipeline/ingest-token'),
    onSuccess: () => queries.invalidateQueries({ queryKey: PIPELINE }),
  });
}
