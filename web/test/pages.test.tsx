// @vitest-environment jsdom
import './dom';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { incident, LARGE, MAIN, summaries, WEAK } from '../dev/fixture';
import { routes } from '../src/App';
import { onSessionEnded } from '../src/api/client';
import { LIVE_REFRESH_MILLIS, newQueryClient, SESSION } from '../src/api/queries';
import type { Language } from '../src/api/types';
import { chooseLanguage, initialLanguage, startI18n } from '../src/i18n';
import { firstOpen } from '../src/pages/incident/IncidentPage';
import { safeTarget } from '../src/pages/LoginPage';
import { AppearanceProvider } from '../src/theme/theme';

// Canvas is drawn in the browser test; here it is enough to know that it would be.
vi.mock('../src/pages/incident/plot', () => ({
  drawPlot: (host: HTMLElement) => {
    host.dataset.drawn = 'true';
    return () => {};
  },
}));
vi.mock('../src/pages/incident/MapCanvas', () => ({
  default: ({ onSelect }: { onSelect: (id: string) => void }) => (
    <button type="button" onClick={() => onSelect('service/ledger-core')}>
      map
    </button>
  ),
}));

type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

const SESSION_BODY = {
  username: 'mei',
  roles: ['ADMIN'],
  initialPassword: false,
  csrfToken: 'token',
};

let answers: Record<string, (url: URL, init: RequestInit) => Answer>;
let calls: { route: string; headers: Headers }[];

beforeEach(() => {
  startI18n('en');
  calls = [];
  answers = {
    'GET /session': () => ({ status: 200, body: SESSION_BODY }),
    'GET /about': () => ({ status: 200, body: { version: '0.1.0', build: 'abc' } }),
    'GET /incidents': (url) => {
      const items = summaries(languageOf(url));
      return { status: 200, body: { items, next: null, total: items.length } };
    },
  };
  for (const id of [MAIN, WEAK, LARGE]) {
    answers[`GET /incidents/${id}`] = (url) => ({
      status: 200,
      body: incident(id, languageOf(url)),
    });
  }
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    const url = new URL(input, 'http://hub');
    const route = `${init.method} ${url.pathname.replace('/api/v1', '')}`;
    calls.push({ route, headers: new Headers(init.headers) });
    const answer = answers[route]?.(url, init) ?? {
      status: 404,
      body: { title: 'Not found', detail: `no ${route}`, reason: 'NotFound' },
    };
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status,
      ...(answer.headers ? { headers: answer.headers } : {}),
    });
  });
});

afterEach(() => vi.unstubAllGlobals());

const live = (closedAt: string | null) => ({
  cluster: 'east',
  openedAt: '2026-03-14T19:08:00.000Z',
  updatedAt: '2026-03-14T19:09:00.000Z',
  lastSeenAt: '2026-03-14T19:30:00.000Z',
  closedAt,
});

const languageOf = (url: URL): Language => (url.searchParams.get('lang') === 'zh' ? 'zh' : 'en');

function open(path: string) {
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  const queries = newQueryClient();
  onSessionEnded(() => queries.setQueryData(SESSION, null));
  render(
    <QueryClientProvider client={queries}>
      <AppearanceProvider>
        <RouterProvider router={router} />
      </AppearanceProvider>
    </QueryClientProvider>,
  );
  return router;
}

describe('the incident page', () => {
  it('saysWhatHurtsAndWhyWithItsEvidence', async () => {
    open(`/incidents/${MAIN}`);
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toContain(
      'teller-gateway is slow',
    );
    const hurts = screen.getByRole('region', { name: 'What hurts' });
    expect(within(hurts).getByText('840 ms')).toBeTruthy();
    const first = within(screen.getByRole('region', { name: 'Likely causes' })).getAllByRole(
      'article',
    )[0] as HTMLElement;
    expect(within(first).getByText('CPU saturation')).toBeTruthy();
    expect(within(first).getByText('83%')).toBeTruthy();
    expect(within(first).getByText(/CPU use of the pod rose/)).toBeTruthy();
    expect(within(first).getByRole('navigation', { name: 'From cause to symptom' })).toBeTruthy();
    expect(screen.getByText(/only while it waits for ledger-core/)).toBeTruthy();
  });

  it('opensTheChartOfTheStrongestEvidenceAndAnyOtherInOneClick', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open(`/incidents/${MAIN}`);
    const strongest = await screen.findByRole('button', { name: /CPU use of the pod rose/ });
    expect(strongest.getAttribute('aria-expanded')).toBe('true');
    const other = screen.getByRole('button', { name: /It was throttled/ });
    await user.click(other);
    expect(other.getAttribute('aria-expanded')).toBe('true');
    expect(router.state.location.search).toBe('?chart=c2');
  });

  it('linksTheRecordingItWasFoundIn', async () => {
    open(`/incidents/${MAIN}`);
    const link = await screen.findByRole('link', { name: /Download bundle/ });
    expect(link.getAttribute('href')).toBe(
      `/api/v1/bundles/${incident(MAIN, 'en')?.bundleDigest}/file`,
    );
    expect(link.hasAttribute('download')).toBe(true);
  });

  it('opensTheChartThatALinkNames', () => {
    const whole = incident(MAIN, 'en');
    expect(whole && [...firstOpen(whole, 'c3')]).toEqual(['1.2']);
    expect(whole && [...firstOpen(whole, 'c6')]).toEqual(['3.0']);
    expect(whole && [...firstOpen(whole, 'gone')]).toEqual([]);
  });

  it('saysProminentlyThatEvidenceIsMissing', async () => {
    open(`/incidents/${WEAK}`);
    const notice = await screen.findByText('Not enough evidence to be sure');
    const alert = notice.closest('[role="alert"]') as HTMLElement;
    expect(within(alert).getByText('traces')).toBeTruthy();
    expect(within(alert).getByText('enough history before the onset')).toBeTruthy();
  });

  it('keepsOnlyTheRowsInSightOfALongTimeline', async () => {
    open(`/incidents/${LARGE}`);
    const timeline = await screen.findByRole('heading', { name: 'Timeline' });
    const rows = await within(timeline.closest('section') as HTMLElement).findAllByRole('listitem');
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(80);
    expect(rows[0]?.getAttribute('aria-setsize')).toBe('3011');
  });

  it('tellsTheFactsOfANodeThatIsClicked', async () => {
    const user = userEvent.setup({ delay: null });
    open(`/incidents/${MAIN}`);
    await user.click(await screen.findByRole('button', { name: 'map' }));
    const facts = screen.getByRole('complementary', { name: 'What is known of ledger-core' });
    expect(within(facts).getByText(/PostEntry spends 655 ms/)).toBeTruthy();
    expect(within(facts).getByText('service.name')).toBeTruthy();
  });

  it('speaksChineseThroughout', async () => {
    chooseLanguage('zh');
    open(`/incidents/${MAIN}`);
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toContain('响应变慢');
    for (const name of ['受影响情况', '可能的原因', '调用关系图', '图表', '时间线', '已排除']) {
      expect(screen.getByRole('heading', { name })).toBeTruthy();
    }
    expect(screen.getByText(/该 Pod 的 CPU 用量由 0.42 核升至/)).toBeTruthy();
  });

  it('followsAnOpenIncidentUntilItIsClosed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      let closedAt: string | null = null;
      answers[`GET /incidents/${MAIN}`] = (url) => ({
        status: 200,
        body: {
          ...incident(MAIN, languageOf(url)),
          status: closedAt ? 'CLOSED' : 'OPEN',
          live: live(closedAt),
        },
      });
      open(`/incidents/${MAIN}`);
      expect(await screen.findByText(/^Open/)).toBeTruthy();
      expect(screen.getByRole('link', { name: 'east' })).toBeTruthy();
      closedAt = '2026-03-14T19:40:00.000Z';
      vi.advanceTimersByTime(LIVE_REFRESH_MILLIS);
      expect(await screen.findAllByText('Closed')).toHaveLength(2);
      const asked = calls.length;
      vi.advanceTimersByTime(4 * LIVE_REFRESH_MILLIS);
      expect(calls.length).toBe(asked);
    } finally {
      vi.useRealTimers();
    }
  });

  it('saysSoWhenTheIncidentIsGone', async () => {
    open('/incidents/inc-gone');
    expect(await screen.findByText('There is nothing at this address')).toBeTruthy();
  });
});

describe('the list of incidents', () => {
  it('namesTheTopCauseAndItsConfidence', async () => {
    open('/incidents');
    const table = await screen.findByRole('table', { name: 'Incidents' });
    const rows = within(table).getAllByRole('row');
    expect(rows).toHaveLength(4);
    expect(within(rows[1] as HTMLElement).getByText('CPU saturation')).toBeTruthy();
    expect(within(rows[1] as HTMLElement).getByText('83%')).toBeTruthy();
    expect(within(rows[2] as HTMLElement).getByText('Evidence incomplete')).toBeTruthy();
  });

  it('tellsWhichAreOpenInWhichClusterAndNarrowsToThem', async () => {
    const user = userEvent.setup({ delay: null });
    const asked: string[] = [];
    answers['GET /incidents'] = (url) => {
      asked.push(url.search);
      const [first, second, third] = summaries(languageOf(url));
      const items = [
        { ...first, status: 'OPEN', live: live(null) },
        { ...second, status: 'CLOSED', live: live('2026-03-14T19:40:00.000Z') },
        third,
      ];
      return { status: 200, body: { items, next: null, total: 3 } };
    };
    open('/incidents');
    const table = await screen.findByRole('table', { name: 'Incidents' });
    const [, open1, closed, recorded] = within(table).getAllByRole('row') as HTMLElement[];
    expect(within(open1 as HTMLElement).getByText(/^Open/)).toBeTruthy();
    expect(within(closed as HTMLElement).getByText(/^Closed/)).toBeTruthy();
    expect(within(recorded as HTMLElement).queryByText(/^Open|^Closed/)).toBeNull();
    await user.click(within(open1 as HTMLElement).getByRole('link', { name: 'east' }));
    await waitFor(() => expect(asked.at(-1)).toContain('cluster=east'));
    expect(screen.getByText('Cluster: east')).toBeTruthy();
  });

  it('saysWhatToDoWhenThereIsNone', async () => {
    answers['GET /incidents'] = () => ({ status: 200, body: { items: [], next: null, total: 0 } });
    open('/incidents');
    expect(await screen.findByText('No incident yet')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Import a bundle' })).toBeTruthy();
  });

  it('showsTheHubsOwnWordsWhenItRefuses', async () => {
    answers['GET /incidents'] = () => ({
      status: 400,
      body: { title: 'Bad request', detail: 'limit is 900, at most 200', reason: 'LimitTooLarge' },
    });
    open('/incidents');
    expect(await screen.findByText('limit is 900, at most 200')).toBeTruthy();
    expect(screen.getByText('Reason: LimitTooLarge')).toBeTruthy();
  });
});

describe('the session', () => {
  it('anUnknownVisitorIsLedToTheLoginAndBack', async () => {
    const user = userEvent.setup({ delay: null });
    answers['GET /session'] = () => ({ status: 401, body: { reason: 'Unauthenticated' } });
    answers['POST /session'] = () => ({ status: 200, body: SESSION_BODY });
    const router = open(`/incidents/${MAIN}?chart=c3`);
    await user.type(await screen.findByLabelText('User name'), 'mei');
    await user.type(screen.getByLabelText('Password'), 'correct horse battery');
    await user.click(screen.getByRole('button', { name: 'Log in' }));
    expect(await screen.findByRole('heading', { level: 1, name: /teller-gateway/ })).toBeTruthy();
    expect(router.state.location.search).toBe('?chart=c3');
  });

  it('aSessionThatEndsInTheMiddleLeadsToTheLogin', async () => {
    answers['GET /incidents'] = () => ({ status: 401, body: { reason: 'Unauthenticated' } });
    open('/incidents');
    expect(await screen.findByText(/Your session has ended/)).toBeTruthy();
  });

  it('aWrongPasswordIsSaidToBeWrong', async () => {
    const user = userEvent.setup({ delay: null });
    answers['GET /session'] = () => ({ status: 401 });
    answers['POST /session'] = () => ({ status: 401, body: { reason: 'BadCredentials' } });
    open('/login');
    await user.type(await screen.findByLabelText('User name'), 'mei');
    await user.type(screen.getByLabelText('Password'), 'wrong');
    await user.click(screen.getByRole('button', { name: 'Log in' }));
    expect(await screen.findByText('User name and password do not match.')).toBeTruthy();
  });

  it('aDemoBeginsAtItsIncident', async () => {
    const user = userEvent.setup({ delay: null });
    answers['GET /session'] = () => ({ status: 401 });
    answers['POST /session'] = () => ({ status: 200, body: SESSION_BODY });
    answers['GET /about'] = () => ({
      status: 200,
      body: { version: '1', build: 'b', demo: true, openIncident: MAIN },
    });
    const router = open('/login');
    await user.type(await screen.findByLabelText('User name'), 'admin');
    await user.type(screen.getByLabelText('Password'), 'printed at first start');
    await user.click(screen.getByRole('button', { name: 'Log in' }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/incidents/${MAIN}`));
  });

  it('loggingOutCarriesTheCsrfTokenAndForgetsThePage', async () => {
    const user = userEvent.setup({ delay: null });
    answers['DELETE /session'] = () => ({ status: 204 });
    const router = open('/incidents');
    await screen.findByRole('table');
    await user.click(screen.getByRole('button', { name: 'Log out' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/login'));
    const call = calls.find(({ route }) => route === 'DELETE /session');
    expect(call?.headers.get('X-CSRF-Token')).toBe('token');
  });

  it('aLoginNeverLeadsToAnotherSite', () => {
    expect(safeTarget('/incidents/inc-1?chart=c2#cause-1')).toBe(
      '/incidents/inc-1?chart=c2#cause-1',
    );
    for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', '/login', '']) {
      expect(safeTarget(bad)).toBeNull();
    }
  });

  it('whoMayNotAuditIsNotOfferedTo', async () => {
    answers['GET /session'] = () => ({
      status: 200,
      body: { ...SESSION_BODY, roles: ['OPERATOR'] },
    });
    open('/incidents');
    await screen.findByRole('table');
    expect(screen.queryByRole('link', { name: 'Audit' })).toBeNull();
  });
});

describe('an import', () => {
  it('showsWhatWasLeftOutAndLeadsToTheIncident', async () => {
    answers['GET /bundles'] = () => ({ status: 200, body: { items: [], next: null, total: 0 } });
    answers['GET /jobs/job-1'] = () => ({
      status: 200,
      body: {
        id: 'job-1',
        state: 'DONE',
        step: 'STORE',
        progress: 1,
        incidents: [MAIN],
        rejections: [{ file: 'logs.jsonl', reason: 'InvalidJson', count: 3, firstAt: 'line 7' }],
        error: null,
      },
    });
    open('/bundles?job=job-1');
    expect(await screen.findByText('1 incident found')).toBeTruthy();
    expect(screen.getByText('InvalidJson')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Open the incident' }).getAttribute('href')).toBe(
      `/incidents/${MAIN}`,
    );
  });

  it('thatFailsSaysWhy', async () => {
    answers['GET /bundles'] = () => ({ status: 200, body: { items: [], next: null, total: 0 } });
    answers['GET /jobs/job-2'] = () => ({
      status: 200,
      body: {
        id: 'job-2',
        state: 'FAILED',
        step: 'READ',
        progress: 0.1,
        incidents: [],
        rejections: [],
        error: { reason: 'NoManifest', detail: 'bundle.json is missing' },
      },
    });
    open('/bundles?job=job-2');
    expect(await screen.findByText('bundle.json is missing')).toBeTruthy();
  });
});

describe('an imported bundle', () => {
  it('canBeDownloadedByItsDigest', async () => {
    const items = ['night', 'day'].map((name, index) => ({
      name,
      digest: `${index}`.repeat(64),
      window: { from: '2026-03-01T10:00:00Z', to: '2026-03-01T11:00:00Z' },
      importedAt: '2026-03-01T12:00:00Z',
      incidents: 1,
      sizeBytes: 2048,
      rejections: [],
    }));
    answers['GET /bundles'] = () => ({ status: 200, body: { items, next: null, total: 2 } });
    open('/bundles');
    for (const { name, digest } of items) {
      const link = await screen.findByRole('link', { name: `Download ${name}` });
      expect(link.getAttribute('href')).toBe(`/api/v1/bundles/${digest}/file`);
    }
  });
});

describe('the language', () => {
  it('isTheRememberedOneThenTheBrowsersThenEnglish', () => {
    expect(initialLanguage('zh', ['en-GB'])).toBe('zh');
    expect(initialLanguage(null, ['zh-CN', 'en'])).toBe('zh');
    expect(initialLanguage(null, ['de', 'en-US'])).toBe('en');
    expect(initialLanguage('fr', ['fr'])).toBe('en');
  });
});
