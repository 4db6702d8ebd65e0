import type { BusinessCalendar } from '../../../api/types';

export const WEEKDAYS = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;

export const EVENT_KINDS = ['FLASH_SALE', 'BATCH_WINDOW', 'MARKET_OPEN', 'OTHER'] as const;

type Event = BusinessCalendar['events'][number];
type Daily = BusinessCalendar['daily'][number];

/** A row while it is changed; its key stays the same however it is filled in. */
export type Row<T> = T & { key: number };

/** A calendar while it is changed: lists of days are text, a line each. */
export interface Draft {
  zone: string;
  weekend: BusinessCalendar['weekend'];
  holidays: string;
  swapped: string;
  payDays: string;
  monthEndDays: number;
  events: Row<Event>[];
  daily: Row<Daily>[];
}

/** What cannot be read: the field and the words in it. */
export interface Mistake {
  field: 'holidays' | 'swapped' | 'payDays' | 'events';
  words: string[];
}

export function draftOf(calendar: BusinessCalendar): Draft {
  return {
    zone: calendar.zone,
    weekend: calendar.weekend,
    holidays: calendar.holidays.join('\n'),
    swapped: calendar.swapped.join('\n'),
    payDays: calendar.payDays.join(', '),
    monthEndDays: calendar.monthEndDays,
    events: calendar.events.map((event, key) => ({ ...event, key })),
    daily: calendar.daily.map((window, key) => ({ ...window, key })),
  };
}

/** The next key of a list of rows. */
export function nextKey(rows: readonly { key: number }[]): number {
  return Math.max(0, ...rows.map(({ key }) => key)) + 1;
}

function words(text: string): string[] {
  return text.split(/[\s,，;；]+/).filter((word) => word !== '');
}

function isDay(word: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(word)) return false;
  const time = new Date(`${word}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(word);
}

function isDayOfMonth(word: string): boolean {
  return /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 31;
}

/** What stands in the draft, or what of it cannot be read. */
export function calendarOf(
  draft: Draft,
): { calendar: BusinessCalendar; mistakes: [] } | { calendar: null; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const checked = (field: Mistake['field'], all: string[], good: (word: string) => boolean) => {
    const wrong = all.filter((word) => !good(word));
    if (wrong.length > 0) mistakes.push({ field, words: wrong });
    return all;
  };
  const holidays = checked('holidays', words(draft.holidays), isDay);
  const swapped = checked('swapped', words(draft.swapped), isDay);
  const payDays = checked('payDays', words(draft.payDays), isDayOfMonth).map(Number);
  checked(
    'events',
    draft.events.flatMap(({ from, to }) => [from, to]),
    (time) => !Number.isNaN(Date.parse(time)),
  );
  if (mistakes.length > 0) return { calendar: null, mistakes };
  return {
    calendar: {
      zone: draft.zone.trim(),
      weekend: draft.weekend,
      holidays,
      swapped,
      payDays,
      monthEndDays: draft.monthEndDays,
      events: draft.events.map(({ name, kind, from, to }) => ({
        name,
        kind,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      })),
      daily: draft.daily.map(({ name, kind, from, to, workingDaysOnly }) => ({
        name,
        kind,
        from,
        to,
        workingDaysOnly,
      })),
      usual: null,
    },
    mistakes: [],
  };
}
