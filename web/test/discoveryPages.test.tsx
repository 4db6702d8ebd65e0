// @vitest-environment jsdom
import './dom';
import { QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InventedCluster, PIPELINE, RETENTION } from '../dev/cluster';
import { routes } from '../src/App';
import { newQueryClient } from '../src/api/queries';
import { chooseLanguage, startI18n } from '../src/i18n';
import { AppearanceProvider } from '../src/theme/theme';

// Canvas is drawn in the browser test; here it is enough to know what would be.
vi.mock('../src/pages/map/NeighbourCanvas', () => ({
  default: ({ map }: { map: { nodes: unknown[] } }) => <output>{map.nodes.length}</output>,
}));

type Answer = { status: number; body?: unknown };

const SESSION = { username: 'mei', roles: ['ADMIN'], initialPassword: false, csrfToken: 'token' };
const POD = '/entity?cluster=harbour&type=pod&namespace=shop&name=ledger-7f9c-00000';

let answers: Record<string, (url: URL, body: string) => Answer>;
let calls: { route: string; url: URL; body: string }[];

beforeEach(() => {
  startI18n('en');
  calls = [];
  answers = {
    'GET /session': () => ({ status: 200, body: SESSION }),
    'GET /about': () => ({ status: 200, body: { version: '0.1.0', build: 'abc' } }),
  };
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    const url = new URL(input, 'http://hub');
    const route = `${init.method} ${url.pathname.replace('/api/v1', '')}`;
    const body = String(init.body ?? '');
    calls.push({ route, url, body });
    const lang = url.searchParams.get('lang') === 'zh' ? 'zh' : 'en';
    const told = () => new InventedCluster(Date.now(), lang).answer(url);
    const answer = answers[route]?.(url, body) ?? {
      status: 200,
      body: init.method === 'GET' ? told() : undefined,
    };
    if (answer.status === 200 && answer.body === undefined) {
      answer.status = 404;
      answer.body = { title: 'Not found', detail: `no ${route}`, reason: 'NotFound' };
    }
    const text = answer.status === 204 ? null : JSON.stringify(answer.body);
    return new Response(text, { status: answer.status });
  });
});

afterEach(() => vi.unstubAllGlobals());

function open(path: string) {
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  render(
    <QueryClientProvider client={newQueryClient()}>
      <AppearanceProvider>
        <RouterProvider router={router} />
      </AppearanceProvider>
    </QueryClientProvider>,
  );
  return router;
}

const asked = (route: string) => calls.filter((call) => call.route === route).at(-1)?.url;

describe('the inventory', () => {
  it('keepsOnlyTheRowsInSightOfAllThatMatch', async () => {
    open('/inventory/pod');
    const table = await screen.findByRole('table', { name: 'Inventory' });
    expect(table.getAttribute('aria-rowcount')).toBe('2401');
    const rows = within(table).getAllByRole('row');
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(80);
  });

  it('putsWhatIsInTroubleFirstWhereNoTypeIsChosen', async () => {
    open('/inventory');
    const table = await screen.findByRole('table', { name: 'Inventory' });
    const first = within(table).getAllByRole('row')[1] as HTMLElement;
    expect(within(first).getByRole('link', { name: 'worker-7' })).toBeTruthy();
    expect(within(first).getByText('NodeNotReady')).toBeTruthy();
  });

  it('asksTheHubForWhatIsTypedAndKeepsItInTheAddress', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open('/inventory/pod');
    await user.type(
      await screen.findByRole('textbox', { name: /Name, label, image/ }),
      'ledger 00001',
    );
    await waitFor(() => expect(router.state.location.search).toBe('?q=ledger+00001'));
    await screen.findByText('1 entry');
    expect(asked('GET /entities')?.searchParams.get('q')).toBe('ledger 00001');
  });

  it('sortsOnTheHubsSideByAClickOnTheHeader', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open('/inventory/pod');
    await user.click(await screen.findByRole('button', { name: 'Restarts' }));
    await waitFor(() => expect(router.state.location.search).toBe('?sort=-restarts'));
    expect((await screen.findAllByText('OOMKilled')).length).toBeGreaterThan(0);
    expect(screen.getByRole('columnheader', { name: /Restarts/ }).getAttribute('aria-sort')).toBe(
      'descending',
    );
  });

  it('countsWhatThereIsByTypeAndKeepsTheFiltersOnTheWay', async () => {
    open('/inventory/pod?namespace=shop&sort=name');
    const types = await screen.findByRole('navigation', { name: 'Types' });
    const deployments = within(types).getByRole('link', { name: /Deployment/ });
    expect(deployments.getAttribute('href')).toBe('/inventory/deployment?namespace=shop');
    expect(within(deployments).getByText('8')).toBeTruthy();
  });

  it('saysWhatToDoWhereNothingMatches', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open('/inventory/pod?q=nowhere');
    await user.click(await screen.findByRole('button', { name: 'Clear the filters' }));
    await waitFor(() => expect(router.state.location.search).toBe(''));
  });

  it('saysHowToBeginWhereNoClusterIsWatched', async () => {
    answers['GET /clusters'] = () => ({ status: 200, body: { items: [] } });
    open('/inventory');
    expect(await screen.findByText('No cluster is watched yet')).toBeTruthy();
    expect(screen.getByText(/bw serve --kubeconfig/)).toBeTruthy();
  });
});

describe('the moment shown', () => {
  it('movesByTheMinuteAndIsInTheAddressAndInWhatIsAsked', async () => {
    const router = open('/inventory/pod');
    const slider = (await screen.findByRole('slider')) as HTMLInputElement;
    fireEvent.change(slider, { target: { value: String(Number(slider.max) - 7) } });
    await waitFor(() => expect(router.state.location.search).toMatch(/^\?at=.*Z$/));
    const at = new URLSearchParams(router.state.location.search).get('at') ?? '';
    expect(Date.parse(at) % 60_000).toBe(0);
    await waitFor(() => expect(asked('GET /entities')?.searchParams.get('at')).toBe(at));
    expect(screen.getByRole('button', { name: 'Back to now' })).toBeTruthy();
  });

  it('goesBackToNow', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open('/inventory/pod?at=2026-03-14T12:00:00Z');
    await user.click(await screen.findByRole('button', { name: 'Back to now' }));
    await waitFor(() => expect(router.state.location.search).toBe(''));
  });

  it('staysTheSameOnTheWayToAnEntity', async () => {
    open('/inventory/pod?at=2026-03-14T12:00:00Z');
    const [link] = await screen.findAllByRole('link', { name: 'cart-7f9c-00000' });
    expect(link?.getAttribute('href')).toContain('at=2026-03-14T12%3A00%3A00Z');
  });
});

describe('the entity page', () => {
  it('saysHowItIsSinceWhenAndHowItsContainersEnded', async () => {
    open(POD);
    expect(
      await screen.findByRole('heading', { level: 1, name: 'ledger-7f9c-00000' }),
    ).toBeTruthy();
    expect(screen.getByText('Container app was killed for want of memory.')).toBeTruthy();
    const containers = screen.getByRole('table', { name: 'Containers' });
    expect(within(containers).getByText(/exit code 137/)).toBeTruthy();
    expect(within(containers).getByText('512 MiB / 1 GiB')).toBeTruthy();
  });

  it('leadsToWhatItIsRelatedTo', async () => {
    open(POD);
    const relations = await screen.findByRole('region', { name: 'Relations' });
    expect(within(relations).getByRole('link', { name: 'worker-1' }).getAttribute('href')).toBe(
      '/entity?cluster=harbour&type=node&name=worker-1',
    );
  });

  it('opensAChangeToItsDiffAndItsAuthor', async () => {
    const user = userEvent.setup({ delay: null });
    open(POD);
    await user.click(await screen.findByRole('button', { name: /Details: rollout of ledger/ }));
    const diff = screen.getByRole('table', { name: 'Fields that differ' });
    expect(within(diff).getByText('2Gi')).toBeTruthy();
    expect(screen.getAllByText('lin@example.org').length).toBeGreaterThan(1);
  });

  it('readsTheObjectOnlyWhenAsked', async () => {
    const user = userEvent.setup({ delay: null });
    open(POD);
    await user.click(await screen.findByRole('button', { name: 'Show' }));
    expect(await screen.findByText(/apiVersion: v1/)).toBeTruthy();
    expect(asked('GET /entity/object')?.searchParams.get('name')).toBe('ledger-7f9c-00000');
  });

  it('saysWhatTheContainersAreAndWhy', async () => {
    open(POD);
    const app = await screen.findByRole('region', { name: 'app' });
    expect(app.textContent).toContain(
      'Seen as PostgreSQL (99%) because of image registry.example/postgres:16, metric pg_up, port 5432',
    );
    const metric = await screen.findByRole('link', { name: 'pg_up' });
    expect(metric.getAttribute('href')).toContain('/explore?cluster=harbour&type=pod');
    expect(metric.getAttribute('href')).toContain('metric=pg_up');
    expect(screen.getByText(/Not known: nothing speaks clearly/)).toBeTruthy();
  });

  it('saysWhereToLookForWhatIsGone', async () => {
    open('/entity?cluster=harbour&type=pod&namespace=shop&name=gone-1');
    const way = await screen.findByRole('link', { name: 'What happened to things of this name' });
    expect(way.getAttribute('href')).toBe('/timeline?cluster=harbour&q=gone-1&last=10080');
  });

  it('speaksChineseThroughout', async () => {
    chooseLanguage('zh');
    open(POD);
    for (const name of ['容器', '属性', '关系', '发生了什么', '对象']) {
      expect(await screen.findByRole('heading', { name })).toBeTruthy();
    }
    expect(asked('GET /entity')?.searchParams.get('lang')).toBe('zh');
  });
});

describe('the map around an entity', () => {
  const LEDGER = '/map?cluster=harbour&type=deployment&namespace=shop&name=ledger';

  it('growsOnTheHubsSideWhereMoreIsAskedFor', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open(`${LEDGER}&view=list`);
    await user.click(await screen.findByRole('button', { name: 'Show 294 more' }));
    await waitFor(() => expect(router.state.location.search).toContain('expand=more'));
    expect(asked('GET /map')?.searchParams.get('expand')).toBe(
      'more/in/owned-by/pod/replicaset/shop/ledger-7f9c',
    );
    const list = await screen.findByRole('list', { name: 'List' });
    await waitFor(() => expect(within(list).getAllByRole('listitem').length).toBeGreaterThan(20));
  });

  it('asksFromWhereToBegin', async () => {
    open('/map');
    expect(await screen.findByText('From where?')).toBeTruthy();
    expect(calls.some(({ route }) => route === 'GET /map')).toBe(false);
  });
});

describe('what happened', () => {
  it('isAskedForFromOneMomentToAnotherNearAnEntity', async () => {
    open(
      '/timeline?from=2026-03-14T10:02:00Z&to=2026-03-14T10:07:00Z&near=deployment/shop/ledger&hops=2',
    );
    await screen.findByText(/rollout of ledger/);
    const query = asked('GET /happenings')?.searchParams;
    expect(query?.get('from')).toBe('2026-03-14T10:02:00Z');
    expect(query?.get('to')).toBe('2026-03-14T10:07:00Z');
    expect(query?.get('near')).toBe('deployment/shop/ledger');
    expect(query?.get('hops')).toBe('2');
  });

  it('canBeNarrowedToChanges', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open('/timeline');
    await screen.findByText(/rollout of ledger/);
    for (const name of ['Lifecycle', 'Event', 'Health']) {
      await user.click(screen.getByRole('checkbox', { name }));
    }
    await waitFor(() => expect(router.state.location.search).toBe('?what=change'));
    await waitFor(() =>
      expect(screen.queryByText('a container was killed for want of memory')).toBeNull(),
    );
  });
});

describe('what happened longer ago', () => {
  const PAGES = 4;
  const happening = (number: number) => ({
    id: `h${number}`,
    time: new Date(Date.now() - number * 1000).toISOString(),
    what: 'event',
    entity: {
      cluster: 'harbour',
      id: `pod/shop/p-${number}`,
      type: 'pod',
      typeText: 'pod',
      kind: null,
      namespace: 'shop',
      pod: null,
      name: `p-${number}`,
      health: { state: 'healthy', reason: '', message: '', since: null },
    },
    sentence: `event ${number}`,
    exitCode: null,
    warning: false,
  });
  /** So many pages of a hundred, of which each but the last names the next. */
  const pages = (url: URL): Answer => {
    const page = Number(url.searchParams.get('cursor') ?? 0);
    const items = Array.from({ length: 100 }, (_, i) => happening(page * 100 + i));
    return {
      status: 200,
      body: { items, next: page === PAGES - 1 ? null : String(page + 1) },
    };
  };
  const cursors = () =>
    calls
      .filter(({ route }) => route === 'GET /happenings')
      .map(({ url }) => url.searchParams.get('cursor'));
  const SPAN = '/timeline?from=2026-03-14T10:00:00Z&to=2026-03-14T12:00:00Z';

  it('isLoadedPageByPageUntilThereIsNoMore', async () => {
    const user = userEvent.setup({ delay: null });
    answers['GET /happenings'] = pages;
    open(SPAN);
    const list = await screen.findByRole('region', { name: 'What happened' });
    for (let page = 1; page < PAGES; page++) {
      await user.click(within(list).getByRole('button', { name: 'Load older' }));
      const height = `${(page + 1) * 100 * 34}px`; // of so many rows
      await waitFor(() => expect(list.querySelector('ol')?.style.height).toBe(height));
    }
    expect(cursors()).toEqual([null, '1', '2', '3']);
    await waitFor(() =>
      expect(within(list).queryByRole('button', { name: 'Load older' })).toBeNull(),
    );
    const [first] = within(list).getAllByRole('listitem');
    expect(first?.getAttribute('aria-setsize')).toBe('400');
  });

  it('isLoadedByItselfWhenTheEndComesInSight', async () => {
    answers['GET /happenings'] = (url) => {
      const { body, ...answer } = pages(url);
      const { items, next } = body as { items: unknown[]; next: string | null };
      return { ...answer, body: { items: items.slice(0, 10), next } };
    };
    open(SPAN);
    const list = await screen.findByRole('region', { name: 'What happened' });
    await within(list).findByText('event 100');
    expect(cursors().slice(0, 2)).toEqual([null, '1']);
  });

  it('isAskedForOnlyByHandAfterAFailure', async () => {
    const user = userEvent.setup({ delay: null });
    let broken = true;
    answers['GET /happenings'] = (url) => {
      const { body, ...answer } = pages(url);
      if (broken && url.searchParams.has('cursor')) {
        return { status: 400, body: { title: 'No', detail: 'no such page', reason: 'Invalid' } };
      }
      const { items, next } = body as { items: unknown[]; next: string | null };
      return { ...answer, body: { items: items.slice(0, 10), next } };
    };
    open(SPAN);
    expect(await screen.findByText('no such page')).toBeTruthy();
    expect(cursors()).toEqual([null, '1']);
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Load older' }));
    expect(await screen.findByText('event 100')).toBeTruthy();
    expect(screen.queryByText('no such page')).toBeNull();
  });
});

describe('capacity', () => {
  it('showsHowMuchOfAPoolIsTaken', async () => {
    open('/pools');
    const pool = await screen.findByRole('listitem', { name: 'memory' });
    expect(within(pool).getByText('97% of allocatable is taken')).toBeTruthy();
    expect(within(pool).getByText('1 in trouble')).toBeTruthy();
  });

  it('saysWhatFitsWhereAndWhyNot', async () => {
    const user = userEvent.setup({ delay: null });
    open('/pools');
    const cpu = await screen.findByLabelText('CPU of a pod');
    await user.clear(cpu);
    await user.type(cpu, '2');
    await user.click(screen.getByRole('button', { name: 'How many fit?' }));
    expect(await screen.findByText('312 such pods fit in all.')).toBeTruthy();
    expect(screen.getByText('too little CPU left: 3 nodes')).toBeTruthy();
    expect(asked('GET /placement')?.searchParams.get('cpu')).toBe('2');
  });
});

describe('the clusters', () => {
  it('tellWhyAKindCannotBeReadAndWhatHelps', async () => {
    open('/clusters?kinds=harbour');
    const kinds = await screen.findByRole('table', { name: /Kinds of objects/ });
    expect(within(kinds).getByText('Forbidden')).toBeTruthy();
    expect(within(kinds).getByText(/deploy\/rbac/)).toBeTruthy();
  });

  it('areTriedBeforeTheyAreKept', async () => {
    const user = userEvent.setup({ delay: null });
    answers['POST /clusters/check'] = () => ({
      status: 200,
      body: { reachable: true, version: 'v1.36.2', readable: ['pods'], denied: [], error: null },
    });
    answers['POST /clusters'] = () => ({ status: 201, body: {} });
    open('/clusters?register=true');
    await user.type(await screen.findByLabelText('Name'), 'east');
    await user.type(screen.getByLabelText('Address of the API server'), 'https://10.0.0.9:6443');
    await user.type(screen.getByLabelText('Token', { selector: 'input#token' }), 'secret');
    const dialog = screen.getByRole('dialog');
    const keep = within(dialog).getByRole('button', { name: 'Register a cluster' });
    expect((keep as HTMLButtonElement).disabled).toBe(true);
    await user.click(within(dialog).getByRole('button', { name: 'Check the connection' }));
    expect(await screen.findByText('Reached: Kubernetes v1.36.2')).toBeTruthy();
    await user.click(keep);
    await waitFor(() => expect(asked('POST /clusters')).toBeTruthy());
    const sent = JSON.parse(calls.find(({ route }) => route === 'POST /clusters')?.body ?? '{}');
    expect(sent).toMatchObject({ name: 'east', token: 'secret', clientKey: null });
    await waitFor(() => expect(screen.queryByDisplayValue('secret')).toBeNull());
  });

  it('canOnlyBeRegisteredByAnAdministrator', async () => {
    answers['GET /session'] = () => ({ status: 200, body: { ...SESSION, roles: ['OPERATOR'] } });
    open('/clusters?register=true');
    expect(await screen.findByText('harbour')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Register a cluster' })).toBeNull();
    expect(screen.queryByLabelText('Token')).toBeNull();
  });
});

describe('the audit webhook', () => {
  const WEBHOOK = '/clusters/harbour/audit-webhook';
  let isOpen: boolean;

  beforeEach(() => {
    isOpen = false;
    let made = 0;
    answers['GET /clusters'] = (url) => {
      const { items } = new InventedCluster(Date.now(), 'en').answer(url) as { items: object[] };
      return { status: 200, body: { items: items.map((c) => ({ ...c, auditWebhook: isOpen })) } };
    };
    answers[`PUT ${WEBHOOK}`] = () => {
      isOpen = true;
      return { status: 200, body: { path: '/…', token: `token-${++made}` } };
    };
    answers[`DELETE ${WEBHOOK}`] = () => {
      isOpen = false;
      return { status: 204 };
    };
  });

  const file = () =>
    screen.getByRole('region', { name: 'File for --audit-webhook-config-file' }).textContent;

  it('isGivenATokenThatIsShownOnceInTheFileForTheApiServer', async () => {
    const user = userEvent.setup({ delay: null });
    open('/clusters');
    await user.click(await screen.findByRole('button', { name: 'Audit webhook' }));
    await user.clear(await screen.findByLabelText(/Address of this hub/));
    await user.type(screen.getByLabelText(/Address of this hub/), 'https://bridge.example/');
    await user.click(screen.getByRole('button', { name: 'Create a token' }));
    expect(await screen.findByText('The token is shown only now')).toBeTruthy();
    expect(file()).toContain('token: "token-1"');
    expect(file()).toContain(
      'server: "https://bridge.example/api/v1/clusters/harbour/audit-events"',
    );
    await user.click(
      screen.getByRole('button', { name: 'Copy: File for --audit-webhook-config-file' }),
    );
    expect(await navigator.clipboard.readText()).toContain('token: "token-1"');

    await user.click(screen.getByRole('button', { name: 'Close' }));
    await user.click(screen.getByRole('button', { name: /Audit webhook/ }));
    await waitFor(() => expect(file()).toContain('token: "TOKEN"'));
    expect(screen.queryByText('The token is shown only now')).toBeNull();
  });

  it('isReplacedAndRevokedOnlyWhenConfirmed', async () => {
    const user = userEvent.setup({ delay: null });
    isOpen = true;
    open('/clusters?webhook=harbour');
    await user.click(await screen.findByRole('button', { name: 'Replace the token' }));
    expect(asked(`PUT ${WEBHOOK}`)).toBeUndefined();
    const sure = () => screen.findByRole('tooltip');
    await user.click(within(await sure()).getByRole('button', { name: 'Replace the token' }));
    await waitFor(() => expect(file()).toContain('token-1'));
    await user.click(screen.getByRole('button', { name: 'Revoke the token' }));
    const question = await screen.findByText('Revoke the token of harbour?');
    const box = question.closest('[role=tooltip]') as HTMLElement;
    await user.click(within(box).getByRole('button', { name: 'Revoke the token' }));
    expect(await screen.findByRole('button', { name: 'Create a token' })).toBeTruthy();
    expect(file()).toContain('token: "TOKEN"');
  });

  it('isForAdministratorsOnly', async () => {
    answers['GET /session'] = () => ({ status: 200, body: { ...SESSION, roles: ['OPERATOR'] } });
    open('/clusters?webhook=harbour');
    expect(await screen.findByText('harbour')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Audit webhook' })).toBeNull();
    expect(screen.queryByText(/audit-webhook-config-file/)).toBeNull();
  });
});

describe('telemetry', () => {
  it('saysWhatCameInAndWhatIsNotKeptAndWhy', async () => {
    open('/pipeline');
    const flows = within(await screen.findByRole('region', { name: 'What comes in' }));
    const row = flows.getByText('otlp').closest('tr') as HTMLElement;
    expect(row.textContent).toContain('18,204');
    expect(row.textContent).toContain('TimeOutsideRange ×12');
    expect(flows.getByText('BrokenMessage')).toBeTruthy();
    const collected = within(
      screen.getByRole('region', { name: 'Collected from clusters: harbour' }),
    );
    expect(collected.getByText('HttpStatus')).toBeTruthy();
    const probes = within(screen.getByRole('region', { name: 'Checks from end to end' }));
    expect(probes.getByText('ConnectionRefused')).toBeTruthy();
    expect(probes.getByText(/connect 0.004 s, tls 0.011 s/)).toBeTruthy();
    expect(collected.getByText(/deploy\/rbac\/telemetry\.yaml/)).toBeTruthy();
  });

  it('tellsWhichTracesAreKeptAndAtWhichShare', async () => {
    open('/pipeline');
    const kept = within(await screen.findByRole('region', { name: 'Which traces are kept' }));
    expect(kept.getByRole('status').textContent).toContain('the budget is 1,000');
    expect(kept.getByText('18.4%')).toBeTruthy();
    const row = kept.getByText('not kept').closest('tr') as HTMLElement;
    expect(row.textContent).toContain('244,350');
    expect(kept.getByText(/16 lost/).getAttribute('data-bad')).toBe('true');
  });

  it('tellsHowTheClusterDoesThatKeepsLinesAndSpans', async () => {
    open('/pipeline');
    const store = within(
      await screen.findByRole('region', { name: 'Where log lines and spans are kept' }),
    );
    expect(store.getByText('Red: something is missing').closest('[data-bad=true]')).not.toBeNull();
    expect(store.getByText('1,204')).toBeTruthy();
    expect(store.getByText('MappingRefused')).toBeTruthy();
  });

  it('saysNothingOfAClusterWhereThereIsNone', async () => {
    answers['GET /pipeline'] = () => ({ status: 200, body: { ...PIPELINE, store: null } });
    open('/pipeline');
    await screen.findByRole('region', { name: 'What comes in' });
    expect(screen.queryByText('Health of the cluster')).toBeNull();
  });

  it('findsTheTargetsThatFailAndPagesTheRest', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open('/pipeline');
    const list = within(await screen.findByRole('region', { name: 'Targets' }));
    await list.findByText('60 entries');
    await user.click(list.getByRole('button', { name: /Next/ }));
    await waitFor(() =>
      expect(asked('GET /pipeline/targets')?.searchParams.get('cursor')).toBe('50'),
    );
    await user.click(list.getByText('Failing'));
    await waitFor(() => expect(router.state.location.search).toBe('?failing=true'));
    expect(await list.findByText('403: nodes/proxy is denied')).toBeTruthy();
    expect(asked('GET /pipeline/targets')?.searchParams.get('cursor')).toBeNull();
  });

  it('showsTheTokenOnceToAnAdministratorOnly', async () => {
    const user = userEvent.setup({ delay: null });
    answers['PUT /pipeline/ingest-token'] = () => ({ status: 200, body: { token: 'token-1' } });
    open('/pipeline');
    await user.click(await screen.findByRole('button', { name: 'Make a token' }));
    expect(await screen.findByText('token-1')).toBeTruthy();
  });

  it('showsNoButtonToOthers', async () => {
    answers['GET /session'] = () => ({ status: 200, body: { ...SESSION, roles: ['OPERATOR'] } });
    open('/pipeline');
    expect(await screen.findByText(/There is no token/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Make a token' })).toBeNull();
  });
});

describe('what is kept', () => {
  it('saysHowFarBackItGoesAndWhatWasGivenUpForRoom', async () => {
    open('/clusters');
    const kept = within(await screen.findByRole('region', { name: 'What is kept' }));
    expect(kept.getByText(/All together may take 1/)).toBeTruthy();
    const row = kept.getByText('What existed when').closest('tr') as HTMLElement;
    expect(within(row).getByText('30 days')).toBeTruthy();
    expect(row.querySelector('time[datetime="2026-11-20T06:00:00Z"]')).not.toBeNull();
    expect(kept.getByText('(in OpenSearch)').closest('tr')?.textContent).toContain('7 days');
    expect(kept.queryByText('Something could not be done')).toBeNull();
  });

  it('saysSoWhereThereIsNotEnoughRoom', async () => {
    answers['GET /retention'] = () => ({
      status: 200,
      body: { ...RETENTION, trouble: 'the disk lacks 12 MiB' },
    });
    open('/clusters');
    expect(await screen.findByText('Something could not be done')).toBeTruthy();
    expect(screen.getByText('the disk lacks 12 MiB')).toBeTruthy();
  });
});

describe('the search in the bar', () => {
  it('findsByNameFromAnyPageAndOpensWhatWasFound', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open('/clusters');
    await screen.findByText('harbour');
    await user.keyboard('{Control>}k{/Control}');
    const box = screen.getByRole('combobox', { name: 'Find anything by name' });
    expect(document.activeElement).toBe(box);
    await user.type(box, 'worker-12');
    await screen.findByRole('option', { name: (name) => name.includes('worker-12') });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/entity'));
    expect(router.state.location.search).toBe('?cluster=harbour&type=node&name=worker-12');
  });
});
