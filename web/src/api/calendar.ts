import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, put, remove } from './client';
import type { BusinessCalendar } from './types';

const CALENDAR = ['businessCalendar'];

/** What the business knows of its days. */
export function useCalendar() {
  return useQuery({
    queryKey: CALENDAR,
    queryFn: ({ signal }) => get<BusinessCalendar>('/scaling/calendar', {}, signal),
  });
}

/** Another calendar, or none where none is given. */
export function useCalendarChange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (calendar: BusinessCalendar | null) => {
      if (calendar === null) await remove('/scaling/calendar');
      else await put<BusinessCalendar>('/scaling/calendar', calendar);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: CALENDAR }),
  });
}
