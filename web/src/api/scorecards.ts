import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from './client';
import type { Scorecard, ScorecardHead, ScorecardList } from './types';

const SCORECARDS = ['scorecards'];

export function useScorecards() {
  return useQuery({
    queryKey: SCORECARDS,
    queryFn: ({ signal }) => get<ScorecardList>('/scorecards', {}, signal),
  });
}

export function useScorecard(id: string | null) {
  return useQuery({
    queryKey: ['scorecard', id],
    queryFn: ({ signal }) =>
      get<Scorecard>(`/scorecards/${encodeURIComponent(id ?? '')}`, {}, signal),
    enabled: id !== null,
  });
}

/** Keeps a scorecard that the drill wrote; what is no JSON is refused before it is sent. */
export function useScorecardAdding() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (file: File) =>
      post<ScorecardHead>('/scorecards', JSON.parse(await file.text())),
    onSuccess: () => queries.invalidateQueries({ queryKey: SCORECARDS }),
  });
}
