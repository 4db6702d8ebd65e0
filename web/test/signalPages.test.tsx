// @vitest-environment jsdom
import './dom';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InventedCluster } from '../dev/cluster';
import { InventedSignals } from '../dev/signals';
import { routes } from '../src/App';
import { newQueryClient } from '../src/api/queries';
import { startI18n } from '../src/i18n';
import type { LinesOptions } from '../src/pages/signals/linesPlot';
import { AppearanceProvider } from '../src/theme/theme';

// Canvas is drawn in the browser test; here it is enough to know that it would be.
vi.mock('../src/pages/signals/linesPlot', () => ({
  drawLines: (_: unknown, __: unknown, { points, onPlaced }: LinesOptions) => {
    onPlaced(points.map((_, i) => (i === 1 ? null : { left: i, top: 10 })));
    return () => {};
  },
  lineColour: () => 'black',
}));

const SESSION = { username: 'mei', roles: ['ADMIN'], initialPassword: false, csrfToken: 'token' };
const NOW = Date.parse('2026-11-25T10:00:00Z');

let calls: URL[];
let refused: Record<string, { status: number; body: unknown }>;

class Stream {
  static last: Stream;
  readonly listeners: Record<string, (event: { data: string }) => void> = {};
  readyState = 1;
  closed = false;
  onopen = () => {};
  onerror = () => {};
  constructor(readonly url: string) {
    Stream.last = this;
  }
  addEventListener(name: string, listener: (event: { data: string }) => void) {
    this.listeners[name] = listener;
  }
  close() {
    this.closed = true;
  }
  static readonly CLOSED = 2;
}

beforeEach(() => {
  startI18n('en');
  calls = [];
  refused = {};
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('fetch', async (input: string) => {
    const url = new URL(input, 'http://hub');
    calls.push(url);
    const path = url.pathname.replace('/api/v1', '');
    const no = refused[path];
    if (no) return new Response(JSON.stringify(no.body), { status: no.status });
    const body =
      path === '/session'
        ? SESSION
        : path === '/about'
          ? { version: '0.1.0', build: 'abc' }
          : (new InventedSignals(NOW).answer(url) ?? new InventedCluster(NOW, 'en').answer(url));
    return body === undefined
      ? new Response(JSON.stringify({ title: 'Not found', reason: 'NotFound' }), { status: 404 })
      : new Response(JSON.stringify(body), { status: 200 });
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

const asked = (path: string) => calls.filter(({ pathname }) => pathname.endsWith(path)).at(-1);

describe('explore', () => {
  it('findsMetricsByNameAndDrawsTheChosenOne', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open('/explore?cluster=harbour&type=deployment&namespace=shop&name=ledger');
    await user.type(await screen.findByRole('textbox', { name: /Search metrics/ }), 'MEM usage');
    const list = screen.getByRole('region', { name: 'Metrics' });
    expect(within(list).getAllByRole('listitem').length).toBe(1);
    await user.click(within(list).getByRole('button', { name: /container.memory.usage/ }));
    expect(await screen.findByRole('region', { name: 'container.memory.usage' })).toBeTruthy();
    expect(await screen.findByRole('button', { name: /ledger-7f9c-00000/ })).toBeTruthy();
    expect(screen.getByText('2 more lines, lower on average, are not shown.')).toBeTruthy();
    expect(router.state.location.search).toContain('metric=container.memory.usage');
    const query = asked('/metrics/series')?.searchParams;
    expect(query?.get('type')).toBe('deployment');
    expect(query?.get('name')).toBe('ledger');
  });

  it('leadsFromSingleMeasurementsToTheirTraces', async () => {
    const router = open('/explore?type=pod&name=ledger-1&metric=http.server.request.duration');
    const points = await screen.findByRole('list', { name: /Single measurements/ });
    const links = await within(points).findAllByRole('link');
    expect(links.length, 'all but the one beside the chart').toBe(9);
    expect(links[0]?.getAttribute('href')).toBe(`/traces/${'0'.repeat(32)}`);
    expect(links[1]?.getAttribute('href')).toMatch(/^\/traces\/0{31}8#/);
    expect(links[1]?.getAttribute('aria-label')).toMatch(/^0.9 at .* show trace 0{31}8$/);
    expect(screen.getByText(/Only the newest 10 single measurements/)).toBeTruthy();
    const query = asked('/metrics/exemplars')?.searchParams;
    expect(query?.get('metric')).toBe('http.server.request.duration');
    expect(query?.get('name')).toBe('ledger-1');
    await userEvent.setup({ delay: null }).click(links[1] as HTMLElement);
    await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/traces\/0{31}8$/));
  });

  it('marksTheMetricsThatMatter', async () => {
    open('/explore?cluster=harbour&type=deployment&namespace=shop&name=ledger');
    const list = await screen.findByRole('region', { name: 'Metrics' });
    const [first, second] = within(list).getAllByRole('listitem');
    expect(first?.textContent).toContain('http.server.request.duration');
    expect(first?.textContent).toContain('Latency');
    expect(second?.textContent).not.toContain('Latency');
  });

  it('endsAtTheMomentOfTheSlider', async () => {
    open('/explore?at=2026-11-25T09:30:00Z&last=15');
    await screen.findByRole('region', { name: 'Metrics' });
    expect(asked('/signals')?.searchParams.get('from')).toBe('2026-11-25T09:15:00.000Z');
    expect(asked('/signals')?.searchParams.get('to')).toBe('2026-11-25T09:30:00.000Z');
  });

  it('saysWhyThereIsNothing', async () => {
    refused['/signals'] = {
      status: 422,
      body: { title: 'Too wide', detail: 'take a shorter time', reason: 'QueryTooWide' },
    };
    open('/explore');
    expect(await screen.findByText('take a shorter time')).toBeTruthy();
  });
});

describe('log patterns', () => {
  it('tellsWhatIsWrittenAndLeadsToItsLines', async () => {
    const user = userEvent.setup({ delay: null });
    open('/log-patterns?cluster=harbour&namespace=shop');
    const table = await screen.findByRole('table', { name: 'Log patterns' });
    expect(within(table).getAllByRole('row').length).toBe(4);
    const failed = within(table).getByRole('row', { name: /cannot post order/ });
    expect(within(failed).getByText('new')).toBeTruthy();
    expect(within(failed).getByText('310')).toBeTruthy();
    expect(within(failed).getByRole('img', { name: /^310 lines, at most/ })).toBeTruthy();
    const known = within(table).getByRole('row', { name: /order <\*> posted/ });
    expect(within(known).queryByText('new')).toBeNull();
    const link = new URL(within(failed).getByRole('link').getAttribute('href') ?? '', 'http://hub');
    expect(link.pathname).toBe('/logs');
    expect(link.searchParams.get('q')).toBe('"cannot post order"');
    expect(link.searchParams.get('severity')).toBe('error');
    expect(link.searchParams.get('type')).toBe('deployment');
    expect(link.searchParams.get('attribute')).toBe('k8s.container.name=app');
    await user.click(within(failed).getByRole('button'));
    expect(screen.getByText('cannot post order 17: account 17 is locked')).toBeTruthy();
    expect(screen.getByText(/12 lines of all clusters belong to no pattern/)).toBeTruthy();
  });

  it('pagesThroughThemAndBeginsAnewForAnotherQuestion', async () => {
    const user = userEvent.setup({ delay: null });
    open('/log-patterns');
    await user.click(await screen.findByRole('button', { name: /Next/ }));
    expect(await screen.findByText('ready')).toBeTruthy();
    expect(asked('/log-patterns')?.searchParams.get('cursor')).toBe('3');
    await user.click(screen.getByText('In this time'));
    await waitFor(() => expect(asked('/log-patterns')?.searchParams.get('cursor')).toBeNull());
    expect(asked('/log-patterns')?.searchParams.get('newSince')).toMatch(/:00.000Z$/);
    await user.click(screen.getByText('Newest first'));
    await waitFor(() =>
      expect(asked('/log-patterns')?.searchParams.get('sort')).toBe('first-seen'),
    );
  });
});

describe('logs', () => {
  it('keepsOnlyTheLinesInSightAndOpensOne', async () => {
    const user = userEvent.setup({ delay: null });
    open('/logs?severity=error');
    const list = await screen.findByRole('region', { name: 'Logs' });
    expect(asked('/logs')?.searchParams.get('severity')).toBe('error');
    const lines = within(list).getAllByRole('listitem');
    expect(lines.length).toBeLessThan(60);
    await user.click(
      within(lines[0] as HTMLElement).getByRole('button', {
        name: 'The whole line and its attributes',
      }),
    );
    expect(within(list).getByText('order.id')).toBeTruthy();
    expect(within(list).getByRole('link', { name: 'Show the trace' }).getAttribute('href')).toBe(
      `/traces/${'3'.padStart(32, '0')}`,
    );
    expect(within(list).getAllByRole('link')[0]?.getAttribute('href')).toContain('type=pod');
  });

  it('putsWhatArrivesOnTopWhileFollowing', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open('/logs?q=arrived');
    await user.click(await screen.findByRole('switch', { name: 'Follow' }));
    await waitFor(() => expect(router.state.location.search).toContain('follow=true'));
    await waitFor(() => expect(Stream.last.url).toContain('/api/v1/logs/tail?q=arrived'));
    const line = { ...new InventedSignals(NOW).line(0), body: 'it arrived' };
    act(() =>
      Stream.last.listeners.lines?.({ data: JSON.stringify({ items: [line], skipped: 7 }) }),
    );
    act(() =>
      Stream.last.listeners.lines?.({ data: JSON.stringify({ items: [line], skipped: 0 }) }),
    );
    expect((await screen.findAllByText('it arrived')).length).toBe(1);
    expect(screen.getByRole('status').textContent).toContain('7 lines came too fast');
    await user.click(screen.getByRole('switch', { name: 'Follow' }));
    await waitFor(() => expect(Stream.last.closed).toBe(true));
  });
});

describe('traces', () => {
  it('listsTheFailedOnesAndOpensTheWaterfall', async () => {
    const user = userEvent.setup({ delay: null });
    open('/traces?failed=true');
    const table = await screen.findByRole('table', { name: 'Spans' });
    expect(within(table).getAllByRole('row').length).toBe(7);
    expect(within(table).getAllByText('failed ×1').length).toBe(6);
    await user.click(
      within(table).getAllByRole('link', { name: 'POST /orders' })[0] as HTMLElement,
    );
    const waterfall = await screen.findByRole('list', { name: 'Spans by tree and time' });
    expect(within(waterfall).getAllByRole('listitem').length).toBe(2);
    await user.click(within(waterfall).getByRole('button', { name: /GET \/stock/ }));
    expect(within(waterfall).getAllByText('order.id').length).toBeGreaterThan(0);
    await user.click(within(waterfall).getByRole('button', { name: '1 span below' }));
    expect(within(waterfall).getAllByRole('listitem').length).toBe(1);
  });

  it('tellsHowManyTracesAChosenOneStandsFor', async () => {
    open('/traces');
    const table = await screen.findByRole('table', { name: 'Spans' });
    expect(within(table).getAllByText('chosen ×5.4').length).toBeGreaterThan(0);
  });

  it('findsATransactionByItsSerialNumber', async () => {
    const user = userEvent.setup({ delay: null });
    const router = open('/traces');
    await user.type(
      await screen.findByRole('searchbox', { name: 'Transaction serial number' }),
      'TX0003{Enter}',
    );
    const trees = within(await screen.findByRole('region', { name: 'Call trees' }));
    expect(router.state.location.pathname).toBe('/transactions');
    expect(trees.getByText('Order')).toBeTruthy();
    expect(trees.getByText(/no span is kept/)).toBeTruthy();
    expect(trees.getByRole('link', { name: 'ledger POST /orders' }).getAttribute('href')).toBe(
      `/traces/${'3'.padStart(32, '0')}`,
    );
    expect(asked('/transactions')?.searchParams.get('serial')).toBe('TX0003');
  });

  it('letsAnAdministratorChangeHowTransactionsAreKnown', async () => {
    const user = userEvent.setup({ delay: null });
    open('/transactions');
    const rules = within(await screen.findByRole('region', { name: 'How transactions are known' }));
    expect(await rules.findByText('transaction.code')).toBeTruthy();
    await user.click(rules.getByRole('button', { name: 'Change' }));
    await user.click(rules.getAllByRole('button', { name: 'Remove' })[0] as HTMLElement);
    await user.click(rules.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(asked('/transactions/rules')).toBeTruthy());
    expect(await rules.findByRole('button', { name: 'Change' })).toBeTruthy();
  });

  it('saysThatATraceIsNotKept', async () => {
    open('/traces/none');
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});
