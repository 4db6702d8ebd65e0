import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, remove } from './client';
import type { TroubleIn, Troubles } from './types';

const TROUBLES = ['troubles'];
const REFRESH_MILLIS = 5_000;

/** What can be put into the simulated cluster, and what is in. */
export function useTroubles(lang: string) {
  return useQuery({
    queryKey: [...TROUBLES, lang],
    queryFn: ({ signal }) => get<Troubles>('/drill/troubles', { lang }, signal),
    refetchInterval: REFRESH_MILLIS,
  });
}

export function useCausing() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (kind: string) => post<TroubleIn>('/drill/troubles', { kind }),
    onSettled: () => queries.invalidateQueries({ queryKey: TROUBLES }),
  });
}

export function useCuring() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (kind: string) => remove(`/drill/troubles/${encodeURIComponent(kind)}`),
    onSettled: () => queries.invalidateQueries({ queryKey: TROUBLES }),
  });
}
