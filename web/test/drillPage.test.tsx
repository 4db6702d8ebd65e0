// @vitest-environment jsdom
import './dom';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { routes } from '../src/App';
import { newQueryClient } from '../src/api/queries';
import type { Scorecard, ScorecardHead } from '../src/api/types';
import { startI18n } from '../src/i18n';
import { AppearanceProvider } from '../src/theme/theme';

const TOTALS: ScorecardHead['totals'] = {
  faults: 2,
  quietRuns: 1,
  detected: { value: 0.5, low: 0.25, high: 0.75 },
  rightAt1: { value: 0.5, low: null, high: null },
  rightAt3: { value: 0.5, low: null, high: null },
  rightAt5: null,
  layerRight: { value: 1, low: null, high: null },
  kindRight: null,
  medianDetectionSeconds: { value: 42.5, low: null, high: null },
  medianDiagnosisSeconds: null,
  incidentsPerFault: null,
  falsePerDay: { value: 24, low: null, high: null },
  strayPerDay: null,
};

const head = (id: string, version: string): ScorecardHead => ({
  id,
  version,
  suite: 'all',
  scoredAt: '2026-11-29T00:00:00.000Z',
  seeds: [1],
  totals: TOTALS,
  calibrationError: 0.3,
});

const card = (version: string): Scorecard => ({
  format: 1,
  version,
  suite: 'all',
  scoredAt: '2026-11-29T00:00:00.000Z',
  seeds: [1],
  totals: TOTALS,
  byLayer: { node: { faults: 2, detected: 0.5, rightAt1: 0.5, rightAt3: 0.5, layerRight: 1 } },
  calibration: { claims: 0, error: null, bins: [] },
  runs: [
    {
      name: 'disk-slow',
      seed: 1,
      simulatedSeconds: 900,
      falseIncidents: 0,
      claims: [],
      outcome: {
        layer: 'node',
        detectedAfterSeconds: 42.5,
        incidents: 1,
        rank: 1,
        diagnosedAfterSeconds: 60,
        layerRight: true,
        kindRight: true,
        confidence: 0.8,
      },
    },
    {
      name: 'node-lost',
      seed: 1,
      simulatedSeconds: 900,
      falseIncidents: 0,
      claims: [],
      outcome: {
        layer: 'node',
        detectedAfterSeconds: null,
        incidents: 0,
        rank: null,
        diagnosedAfterSeconds: null,
        layerRight: false,
        kindRight: false,
        confidence: null,
      },
    },
    {
      name: 'lunch-peak',
      seed: 1,
      simulatedSeconds: 3600,
      falseIncidents: 1,
      claims: [],
      outcome: null,
    },
  ],
});

let role: string;
let heads: ScorecardHead[];

beforeEach(() => {
  startI18n('en');
  role = 'ADMIN';
  heads = [head('b', 'v2'), head('a', 'v1')];
  vi.stubGlobal('fetch', async (input: string) => {
    const path = new URL(input, 'http://hub').pathname.replace('/api/v1', '');
    const body =
      path === '/session'
        ? { username: 'mei', roles: [role], initialPassword: false, csrfToken: 'token' }
        : path === '/scorecards'
          ? { items: heads }
          : path.startsWith('/scorecards/')
            ? card(path.endsWith('/b') ? 'v2' : 'v1')
            : { version: '0.1.0', build: 'abc' };
    return new Response(JSON.stringify(body), { status: 200 });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function open() {
  const router = createMemoryRouter(routes, { initialEntries: ['/drill'] });
  render(
    <QueryClientProvider client={newQueryClient()}>
      <AppearanceProvider>
        <RouterProvider router={router} />
      </AppearanceProvider>
    </QueryClientProvider>,
  );
}

describe('the page of drills', () => {
  it('showsTheTrendAndTheLatestScorecardAndAnEarlierOneWhenAsked', async () => {
    open();
    const trend = await screen.findByLabelText('Scorecards, the latest first');
    expect(within(trend).getAllByRole('row')).toHaveLength(3);
    expect(within(trend).getAllByTitle('95 % over seeds: 25% to 75%')).toHaveLength(2);
    await screen.findByText('Scorecard of v2, suite all');
    await userEvent.setup({ delay: null }).click(within(trend).getByText('v1'));
    await screen.findByText('Scorecard of v1, suite all');
  });

  it('tellsOfEachFaultWhetherItWasSeenAndWhatWasSaidOfNothing', async () => {
    open();
    const faults = await screen.findByLabelText('Fault by fault');
    const [, seen, missed] = within(faults).getAllByRole('row');
    expect(seen?.textContent).toMatch(/disk-slow.*42\.5 s.*60 s.*yes/);
    expect(missed?.textContent).toMatch(/node-lost.*missed/);
    const quiet = screen.getByLabelText('Nothing wrong');
    expect(within(quiet).getAllByRole('row')[1]?.textContent).toMatch(/lunch-peak.*1$/);
  });

  it('saysHowToGetAScorecardWhereThereIsNoneAndLetsOnlyAdministratorsAdd', async () => {
    heads = [];
    role = 'OPERATOR';
    open();
    await screen.findByText('No scorecard yet');
    expect(screen.queryByText('Add a scorecard')).toBeNull();
  });
});
