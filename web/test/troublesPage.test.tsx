// @vitest-environment jsdom
import './dom';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { routes } from '../src/App';
import { newQueryClient } from '../src/api/queries';
import type { About, Troubles } from '../src/api/types';
import { startI18n } from '../src/i18n';
import { startPage } from '../src/pages/LoginPage';
import { AppearanceProvider } from '../src/theme/theme';

const TOUR = 'bridgewatch.tour';
const DRILL = { cluster: 'bank', type: 'deployment', namespace: 'edge', name: 'proxy' };

let role: string;
let drill: About['drill'];
let troubles: Troubles;
let asked: string[];

beforeEach(() => {
  startI18n('en');
  localStorage.setItem(TOUR, 'seen');
  role = 'ADMIN';
  drill = DRILL;
  asked = [];
  troubles = {
    cluster: 'bank',
    behindSeconds: 0.2,
    past: null,
    kinds: [
      { id: 'disk-slow', group: 'HARDWARE', title: 'a disk that serves slower' },
      { id: 'node-lost', group: 'HARDWARE', title: 'a node that is gone' },
      { id: 'lock', group: 'BUSINESS', title: 'a lock that is held' },
    ],
    in: [],
  };
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const path = new URL(input, 'http://hub').pathname.replace('/api/v1', '');
    const method = init?.method ?? 'GET';
    if (method !== 'GET') asked.push(`${method} ${path} ${init?.body ?? ''}`.trim());
    if (method === 'POST') {
      const { kind } = JSON.parse(String(init?.body)) as { kind: string };
      if (kind === 'node-lost') {
        const problem = {
          title: 'Conflict',
          status: 409,
          reason: 'WorldRefused',
          detail: 'no node',
        };
        return new Response(JSON.stringify(problem), { status: 409 });
      }
      troubles.in = [{ kind, target: 'node-3', since: '2026-11-29T00:00:00.000Z' }];
      return new Response(JSON.stringify(troubles.in[0]), { status: 201 });
    }
    if (method === 'DELETE') {
      troubles.in = [];
      return new Response(null, { status: 204 });
    }
    const body =
      path === '/session'
        ? { username: 'mei', roles: [role], initialPassword: false, csrfToken: 'token' }
        : path === '/drill/troubles'
          ? troubles
          : path === '/about'
            ? about()
            : { items: [] };
    return new Response(JSON.stringify(body), { status: 200 });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function about(): About {
  return {
    version: '0.1.0',
    build: 'abc',
    java: '25',
    startedAt: '2026-11-29T00:00:00.000Z',
    demo: true,
    openIncident: null,
    drill,
  };
}

function open(at = '/troubles') {
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

const user = () => userEvent.setup({ delay: null });

async function row(table: string, text: string) {
  const cell = await within(await screen.findByLabelText(table)).findByText(text);
  return within(cell.closest('tr') as HTMLElement);
}

describe('the page of troubles', () => {
  it('putsTroubleInShowsWhereItIsAndTakesItOut', async () => {
    open();
    const offered = await row('What can be put in', 'a disk that serves slower');
    await user().click(offered.getByRole('button', { name: 'Put in' }));
    const put = await row('In now', 'node-3');
    expect(put.getByText('a disk that serves slower')).toBeTruthy();
    expect(offered.getByRole('button').hasAttribute('disabled')).toBe(true);
    await user().click(put.getByRole('button', { name: 'Cure' }));
    await screen.findByText(/Nothing is in/);
    expect(asked).toEqual([
      'POST /drill/troubles {"kind":"disk-slow"}',
      'DELETE /drill/troubles/disk-slow',
    ]);
  });

  it('tellsHowFarTheHistoryOfTheBankIsWritten', async () => {
    troubles.past = {
      from: '2026-11-28T00:00:00.000Z',
      to: '2026-11-29T00:00:00.000Z',
      reached: '2026-11-28T06:00:00.000Z',
      state: 'WRITING',
    };
    open();
    await screen.findByText(/6 of 24 h are there/);
    const bar = screen.getByRole('progressbar', { name: 'History of the bank’s metrics' });
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
  });

  it('tellsThatTheHistoryOfTheBankIsThere', async () => {
    troubles.past = {
      from: '2026-11-28T00:00:00.000Z',
      to: '2026-11-29T00:00:00.000Z',
      reached: '2026-11-29T00:00:00.000Z',
      state: 'WRITTEN',
    };
    open();
    await screen.findByText(/History of 24 h is there/);
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('tellsThatTheHistoryOfTheBankCouldNotBeWritten', async () => {
    troubles.past = {
      from: '2026-11-28T00:00:00.000Z',
      to: '2026-11-29T00:00:00.000Z',
      reached: '2026-11-28T06:00:00.000Z',
      state: 'FAILED',
    };
    open();
    await screen.findByText(/could not be written to its end: 6 of 24 h/);
  });

  it('saysWhyTheWorldRefused', async () => {
    open();
    const offered = await row('What can be put in', 'a node that is gone');
    await user().click(offered.getByRole('button', { name: 'Put in' }));
    await screen.findByText(/no node/);
  });

  it('leadsToTheIncidentsOfTheBank', async () => {
    open();
    const link = await screen.findByRole('link', { name: 'Incidents of bank' });
    expect(link.getAttribute('href')).toBe('/incidents?cluster=bank');
  });

  it('letsOnlyAdministratorsCauseTrouble', async () => {
    role = 'OPERATOR';
    open();
    const offered = await row('What can be put in', 'a lock that is held');
    expect(offered.getByRole('button').hasAttribute('disabled')).toBe(true);
    expect(screen.getByText(/Only administrators/)).toBeTruthy();
  });

  it('isReachedOnlyWhereABankRuns', async () => {
    drill = null;
    open('/drill');
    await screen.findByText('Bridgewatch 0.1.0 (abc)');
    expect(screen.queryByRole('link', { name: 'Cause trouble' })).toBeNull();
  });
});

describe('the first tour', () => {
  it('leadsFromTheMapToTheIncidentsAndIsRemembered', async () => {
    localStorage.removeItem(TOUR);
    const router = open();
    await screen.findByText('The bank is alive');
    await user().click(screen.getByRole('button', { name: 'Next' }));
    await screen.findByText('Everything it tells');
    await waitFor(() => expect(router.state.location.pathname).toBe('/explore'));
    await user().click(screen.getByRole('button', { name: 'Next' }));
    await user().click(screen.getByRole('button', { name: 'Next' }));
    await user().click(screen.getByRole('button', { name: 'Finish' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/incidents'));
    expect(localStorage.getItem(TOUR)).toBe('seen');
  });

  it('canBeSkipped', async () => {
    localStorage.removeItem(TOUR);
    open();
    await screen.findByText('The bank is alive');
    await user().click(screen.getByText('Skip the tour'));
    expect(localStorage.getItem(TOUR)).toBe('seen');
    await waitFor(() => expect(screen.queryByText('The bank is alive')).toBeNull());
  });
});

describe('where a visitor of the bank begins', () => {
  it('isTheMapAroundTheBanksEntry', async () => {
    expect(await startPage(async () => about())).toBe(
      '/map?cluster=bank&type=deployment&namespace=edge&name=proxy',
    );
  });
});
