// @vitest-environment jsdom
import './dom';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newQueryClient } from '../src/api/queries';
import type { BusinessCalendar } from '../src/api/types';
import { startI18n } from '../src/i18n';
import { Component } from '../src/pages/scaling/calendar/CalendarPage';
import { calendarOf, draftOf } from '../src/pages/scaling/calendar/draft';
import { AppearanceProvider } from '../src/theme/theme';

const CALENDAR: BusinessCalendar = {
  zone: 'Asia/Shanghai',
  weekend: ['SATURDAY', 'SUNDAY'],
  holidays: ['2026-10-01'],
  swapped: ['2026-10-10'],
  payDays: [15],
  monthEndDays: 2,
  events: [
    {
      name: 'double eleven',
      kind: 'FLASH_SALE',
      from: '2026-11-10T16:00:00Z',
      to: '2026-11-11T16:00:00Z',
    },
  ],
  daily: [
    {
      name: 'end of day',
      kind: 'BATCH_WINDOW',
      from: '22:00',
      to: '02:00',
      workingDaysOnly: true,
    },
  ],
  usual: false,
};

let role: string;
const sent: { method: string; body: unknown }[] = [];

beforeEach(() => {
  role = 'ADMIN';
  sent.length = 0;
  vi.stubGlobal(
    'fetch',
    vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
      const url = String(input instanceof Request ? input.url : input);
      const method = init?.method ?? 'GET';
      if (method !== 'GET') {
        sent.push({ method, body: init?.body ? JSON.parse(String(init.body)) : null });
      }
      const body = url.includes('/session')
        ? { username: 'mei', roles: [role], initialPassword: false, csrfToken: 'token' }
        : CALENDAR;
      return new Response(JSON.stringify(body), {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
      });
    }),
  );
});

afterEach(() => vi.unstubAllGlobals());

async function page(language: 'zh' | 'en' = 'en') {
  await startI18n(language);
  const router = createMemoryRouter([{ path: '/scaling/calendar', element: <Component /> }], {
    initialEntries: ['/scaling/calendar'],
  });
  render(
    <QueryClientProvider client={newQueryClient()}>
      <AppearanceProvider>
        <RouterProvider router={router} />
      </AppearanceProvider>
    </QueryClientProvider>,
  );
  await screen.findByText('double eleven');
}

describe('the calendar', () => {
  it('showsDaysEventsAndWindowsByTheClockOfTheBusiness', async () => {
    await page();
    expect(screen.getByText('Asia/Shanghai')).toBeTruthy();
    expect(screen.getByText('Saturday, Sunday')).toBeTruthy();
    const events = within(screen.getByRole('region', { name: 'Events and windows' }));
    expect(events.getByText(/11\/11\/2026, 12:00:00/)).toBeTruthy();
    expect(events.getByText('each working day at 22:00')).toBeTruthy();
  });

  it('speaksChinese', async () => {
    await page('zh');
    expect(screen.getByRole('heading', { name: '业务日历' })).toBeTruthy();
    expect(screen.getByText('每个工作日 22:00')).toBeTruthy();
  });

  it('isChangedByAdministratorsOnly', async () => {
    role = 'OPERATOR';
    await page();
    expect(screen.queryByRole('button', { name: 'Change the calendar' })).toBeNull();
  });

  it('sendsWhatWasChangedAndTellsWhatItCannotReadBefore', async () => {
    const user = userEvent.setup({ delay: null });
    await page();
    await user.click(await screen.findByRole('button', { name: 'Change the calendar' }));
    const holidays = screen.getByLabelText('Holidays');
    await user.clear(holidays);
    await user.click(holidays);
    await user.paste('2026-02-30');
    expect(screen.getByText('Holidays: cannot read “2026-02-30”')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    await user.clear(holidays);
    await user.click(holidays);
    await user.paste('2026-10-01\n2026-10-02');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(sent).toEqual([
      {
        method: 'PUT',
        body: {
          ...CALENDAR,
          holidays: ['2026-10-01', '2026-10-02'],
          usual: null,
          events: [
            {
              ...CALENDAR.events[0],
              from: '2026-11-10T16:00:00.000Z',
              to: '2026-11-11T16:00:00.000Z',
            },
          ],
        },
      },
    ]);
  });

  it('addsAndRemovesEvents', async () => {
    const user = userEvent.setup({ delay: null });
    await page();
    await user.click(await screen.findByRole('button', { name: 'Change the calendar' }));
    const once = within(screen.getByRole('region', { name: 'What happens once' }));
    await user.click(once.getByRole('button', { name: 'Add' }));
    expect(once.getAllByRole('row')).toHaveLength(3);
    expect(screen.getByText(/Events and windows: cannot read “”, “”/)).toBeTruthy();
    await user.click(once.getAllByRole('button', { name: 'Remove' })[1] as HTMLElement);
    expect(screen.queryByText(/cannot read/)).toBeNull();
  });
});

describe('a draft', () => {
  it('isReadAsWhatItWasMadeOf', () => {
    const { calendar } = calendarOf(draftOf(CALENDAR));
    expect(calendar).toMatchObject({ zone: 'Asia/Shanghai', payDays: [15], daily: CALENDAR.daily });
  });

  it('tellsEachWordThatIsNone', () => {
    const draft = { ...draftOf(CALENDAR), payDays: '15, 32 x', swapped: 'soon' };
    expect(calendarOf(draft).mistakes).toEqual([
      { field: 'swapped', words: ['soon'] },
      { field: 'payDays', words: ['32', 'x'] },
    ]);
  });
});
