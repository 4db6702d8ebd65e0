// @vitest-environment jsdom
import './dom';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { routes } from '../src/App';
import { newQueryClient } from '../src/api/queries';
import type { MonthOfApplication, MonthSum } from '../src/api/types';
import { startI18n } from '../src/i18n';
import { monthName, monthsUntil } from '../src/pages/scaling/months';
import { AppearanceProvider } from '../src/theme/theme';

const SUM: MonthSum = {
  days: 20,
  daysUnseen: 2,
  was: {
    podHours: 480,
    hurtShare: 0.001,
    minutesViolated: 7,
    minutesShort: 31,
    rescales: 90,
    flaps: 4,
  },
  usual: {
    podHours: 640,
    hurtShare: 0.02,
    minutesViolated: 55,
    minutesShort: 120,
    rescales: 60,
    flaps: 2,
  },
  constant: {
    podHours: 900,
    hurtShare: null,
    minutesViolated: 0,
    minutesShort: 0,
    rescales: 0,
    flaps: 0,
  },
  events: 41,
  needed: 39,
  inTime: 37,
  enough: 36,
  reverted: 3,
  good: 33,
};

const workload = (name: string) => ({
  cluster: 'east',
  namespace: 'shop',
  kind: 'Deployment',
  name,
  sum: SUM,
});

let applications: MonthOfApplication[];
let failing: boolean;
let asked: string[];

beforeEach(() => {
  startI18n('en');
  failing = false;
  asked = [];
  applications = [
    {
      application: 'payments',
      sum: { ...SUM, events: 82 },
      workloads: [workload('cart'), workload('till')],
    },
    { application: '', sum: SUM, workloads: [workload('loose')] },
  ];
  vi.stubGlobal('fetch', async (input: string) => {
    const url = new URL(input, 'http://hub');
    const path = url.pathname.replace('/api/v1', '');
    if (path === '/scaling/report') {
      asked.push(url.search);
      if (failing) {
        return new Response(JSON.stringify({ title: 'No', detail: 'the store is away' }), {
          status: 503,
        });
      }
      const month = url.searchParams.get('month') ?? '';
      return new Response(JSON.stringify({ month, applications }), { status: 200 });
    }
    const body =
      path === '/session'
        ? { username: 'mei', roles: ['AUDITOR'], initialPassword: false, csrfToken: 'token' }
        : { items: [{ name: 'east' }, { name: 'west' }] };
    return new Response(JSON.stringify(body), { status: 200 });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function open(at = '/scaling/report?month=2026-09&cluster=east') {
  const router = createMemoryRouter(routes, { initialEntries: [at] });
  render(
    <QueryClientProvider client={newQueryClient()}>
      <AppearanceProvider>
        <RouterProvider router={router} />
      </AppearanceProvider>
    </QueryClientProvider>,
  );
  return router;
}

describe('the monthly report', () => {
  it('addsUpByApplicationAndLeadsToTheWorkloads', async () => {
    open();
    const table = within(await screen.findByRole('table', { name: 'payments' }));
    const link = table.getByRole('link', { name: 'cart' });
    expect(link.getAttribute('href')).toBe(
      '/scaling?cluster=east&namespace=shop&kind=Deployment&name=cart&view=verdicts',
    );
    const row = within(link.closest('tr') as HTMLElement);
    for (const text of ['20 (+2 unseen)', '480', 'default 640', '160 (25%)', '7', 'default 55']) {
      expect(row.getByText(text)).toBeTruthy();
    }
    for (const count of ['41', '39', '37', '36', '3']) expect(row.getByText(count)).toBeTruthy();
    const all = within(table.getByText('All').closest('tr') as HTMLElement);
    expect(all.getByText('82')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'No application known' })).toBeTruthy();
    expect(asked).toEqual(['?month=2026-09&cluster=east']);
  });

  it('isDownloadedAndPrinted', async () => {
    const print = vi.fn();
    vi.stubGlobal('print', print);
    window.print = print;
    open();
    const file = await screen.findByRole('link', { name: /Download/ });
    expect(file.getAttribute('href')).toBe(
      '/api/v1/scaling/report/file?month=2026-09&cluster=east&lang=en',
    );
    await userEvent.setup({ delay: null }).click(screen.getByRole('button', { name: /Print/ }));
    expect(print).toHaveBeenCalledOnce();
  });

  it('isOfAnotherMonthWhenOneIsChosen', async () => {
    const router = open();
    const user = userEvent.setup({ delay: null });
    await user.click(await screen.findByRole('combobox', { name: 'Month' }));
    const [newest = ''] = monthsUntil(new Date(), 1);
    await user.click(await screen.findByTitle(monthName(newest, 'en')));
    expect(router.state.location.search).toContain(`month=${newest}`);
    await vi.waitFor(() => expect(asked.at(-1)).toContain(`month=${newest}`));
  });

  it('saysWhyItIsEmpty', async () => {
    applications = [];
    open();
    expect(
      await screen.findByRole('heading', { name: 'Nothing to report of September 2026' }),
    ).toBeTruthy();
    expect(screen.getByRole('link', { name: 'To the workloads' }).getAttribute('href')).toBe(
      '/scaling?cluster=east',
    );
  });

  it('saysWhatCouldNotBeRead', async () => {
    failing = true;
    open();
    expect((await screen.findByRole('alert')).textContent).toContain('the store is away');
  });

  it('isInChineseToo', async () => {
    startI18n('zh');
    open();
    expect(await screen.findByRole('heading', { name: '月度报告' })).toBeTruthy();
    expect(await screen.findByRole('heading', { name: '未知应用' })).toBeTruthy();
  });
});

describe('months', () => {
  it('areThoseOfUtcTheNewestFirst', () => {
    expect(monthsUntil(new Date('2026-01-31T23:59:59Z'), 3)).toEqual([
      '2026-01',
      '2025-12',
      '2025-11',
    ]);
  });

  it('areNamedInTheLanguage', () => {
    expect(monthName('2026-11', 'en')).toBe('November 2026');
    expect(monthName('2026-11', 'zh')).toBe('2026年11月');
    expect(monthName('soon', 'en')).toBe('soon');
  });
});
