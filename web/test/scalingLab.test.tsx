// @vitest-environment jsdom
import './dom';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newQueryClient } from '../src/api/queries';
import type {
  ComparedPolicy,
  LearnedPolicy,
  LearningJob,
  ScalableWorkloadDetail,
  ScalingWaves,
} from '../src/api/types';
import { startI18n } from '../src/i18n';
import { merged, type Replay, roofOf } from '../src/pages/scaling/lab/curves';
import { Lab, usuallyShown } from '../src/pages/scaling/lab/Lab';
import { Waves } from '../src/pages/scaling/Waves';
import { AppearanceProvider } from '../src/theme/theme';

// jsdom has no canvas: what would be drawn is noted instead.
const drawn: Replay[] = [];
vi.mock('../src/pages/scaling/lab/curves', async (original) => ({
  ...(await original<typeof import('../src/pages/scaling/lab/curves')>()),
  drawKnee: () => () => {},
  drawReplay: (_: HTMLElement, replay: Replay) => {
    drawn.push(replay);
    return () => {};
  },
}));

const DETAIL = {
  workload: {
    cluster: 'east',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart',
    replicas: 3,
  },
  policy: null,
} as ScalableWorkloadDetail;

const EFFECT: ComparedPolicy['effect'] = {
  hurtShare: 0.0012,
  requests: 1_000_000,
  violationSeconds: 600,
  minutesViolated: 4,
  podHours: 480,
  cost: 1.8,
  rescales: 40,
  flaps: 3,
  minutesAtMax: 0,
  minutesShort: 12,
  worstMinuteShare: 0.25,
  timeToCapacityP95Seconds: 75,
  minutesOverloading: 0,
  hours: 168,
};

function compared(kind: ComparedPolicy['kind'], name: string, hurtShare: number): ComparedPolicy {
  return { kind, name, effect: { ...EFFECT, hurtShare }, replicas: [2, 3], ready: [2, 2] };
}

const LEARNED: LearnedPolicy = {
  summary: {
    cluster: 'east',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart',
    learnedAt: '2026-11-29T00:00:00.000Z',
    learnedBy: 'mei',
    from: '2026-11-15T00:00:00.000Z',
    to: '2026-11-29T00:00:00.000Z',
    title: 'forecast + 1.0 errors',
    capacity: 42,
    expected: EFFECT,
    needed: null,
  },
  plant: {
    capacity: 42,
    startSeconds: 62,
    warmSeconds: 30,
    warmExcess: 0.5,
    serviceSeconds: 0.02,
    hurtSeconds: 0.5,
    downstreamReplicas: 16,
  },
  capacityFrom: 'KNEE',
  startFrom: 'MEASURED',
  calibration: {
    capacity: { low: 38, value: 42, high: 47 },
    atLeast: 36,
    serviceSeconds: { low: 0.019, value: 0.02, high: 0.021 },
    cpuPerRequest: null,
    metricLagSeconds: 15,
    curveOf: 'LATENCY_MEAN',
    curve: [
      { load: 10, seconds: 0.02 },
      { load: 40, seconds: 0.3 },
    ],
    points: [{ load: 10, seconds: 0.021 }],
    gaps: [{ gap: 'StartUnknown', remedy: 'CHANGE_REPLICAS', detail: 'seen 1, wanted 5' }],
  },
  triggers: {
    operating: {
      perReplica: 24,
      kneeLoad: 36,
      basis: 'LATENCY',
      rise: 1.2,
      loss: 1.25,
      lossOf: 'REPLICA',
    },
    metrics: [
      {
        metric: 'IN_FLIGHT',
        rank: 1,
        threshold: 1.5,
        utilizationPercent: null,
        refusal: null,
        detail: '',
        completeness: 1,
        relief: { low: 0.8, value: 1, high: 1.1 },
        correlation: 0.9,
        leadSeconds: 90,
        points: [
          { replicas: 2, value: 3, steps: 40 },
          { replicas: 4, value: 1.5, steps: 30 },
        ],
      },
      {
        metric: 'POOL',
        rank: 2,
        threshold: 0.354,
        utilizationPercent: null,
        refusal: null,
        detail: '',
        completeness: 1,
        relief: { low: 0.8, value: 1.1, high: 1.3 },
        correlation: 0.9,
        leadSeconds: 60,
        points: [
          { replicas: 2, value: 0.6, steps: 40 },
          { replicas: 4, value: 0.25, steps: 30 },
        ],
      },
      {
        metric: 'QUEUE',
        rank: 3,
        threshold: 2.5,
        utilizationPercent: null,
        refusal: null,
        detail: '',
        completeness: 1,
        relief: { low: 0.8, value: 1.4, high: 1.6 },
        correlation: 0.9,
        leadSeconds: 60,
        points: [],
      },
      {
        metric: 'NETWORK',
        rank: null,
        threshold: 51_200,
        utilizationPercent: null,
        refusal: 'DoesNotFall',
        detail: 'relief 0.01 (0.00 to 0.02), wanted 0.50',
        completeness: 1,
        relief: { low: 0, value: 0.01, high: 0.02 },
        correlation: 0.1,
        leadSeconds: null,
        points: [
          { replicas: 2, value: 51_200, steps: 40 },
          { replicas: 4, value: 51_200, steps: 30 },
        ],
      },
      {
        metric: 'MEMORY',
        rank: null,
        threshold: null,
        utilizationPercent: null,
        refusal: 'DoesNotFall',
        detail: 'relief 0.02 (0.00 to 0.05), wanted 0.50',
        completeness: 1,
        relief: { low: 0, value: 0.02, high: 0.05 },
        correlation: 0.1,
        leadSeconds: null,
        points: [
          { replicas: 2, value: 900_000_000, steps: 40 },
          { replicas: 4, value: 890_000_000, steps: 30 },
        ],
      },
    ],
    minReplicas: 2,
    maxReplicas: 12,
    downWindowSeconds: 300,
  },
  stepSeconds: 60,
  settled: {
    guard: 'CPU',
    guardAt: 525,
    reserve: 'REPLICA',
    zones: null,
    minReplicas: 2,
    maxReplicas: 20,
  },
  completeness: { REQUESTS: 1 },
  policies: [
    compared('LEARNED', 'forecast + 1.0 errors', 0.0001),
    compared('USUAL', 'cpu 80%, down 300s', 0.02),
    compared('IN_FORCE', 'hpa cart', 0.01),
    compared('PERFECT', 'perfect', 0),
  ],
  load: { from: '2026-11-22T00:00:00.000Z', stepSeconds: 60, perSecond: [80, null] },
  scenarios: {
    used: true,
    zone: 'Asia/Shanghai',
    quantile: 0.9,
    calendar: null,
    learned: [
      {
        name: {
          day: 'WORKDAY',
          event: null,
          eventKind: null,
          group: null,
          example: null,
          weekdays: [],
        },
        restsOn: ['2026-11-16', '2026-11-17', '2026-11-18'],
        slotMinutes: 15,
        replicas: [2, 2, 9, 4],
        leadSeconds: 0,
        peakPerSecond: 340,
        enough: 0.97,
        cost: 1.3,
        margin: { errors: 4, leastRise: 0.1, mostRise: 0.3, own: true },
      },
      {
        name: {
          day: null,
          event: null,
          eventKind: null,
          group: 1,
          example: '2026-11-21',
          weekdays: ['SATURDAY', 'SUNDAY'],
        },
        restsOn: ['2026-11-21', '2026-11-22', '2026-11-28'],
        slotMinutes: 15,
        replicas: [1, 3],
        leadSeconds: 0,
        peakPerSecond: 90,
        enough: 1,
        cost: 1.1,
        margin: { errors: 1.5, leastRise: 0, mostRise: null, own: false },
      },
    ],
    unlearned: [
      {
        name: {
          day: null,
          event: 'double eleven',
          eventKind: 'FLASH_SALE',
          group: null,
          example: null,
          weekdays: [],
        },
        seen: ['2026-11-11'],
        wanted: 2,
      },
    ],
  },
  kept: {
    scenario: {
      day: 'WORKDAY',
      event: null,
      eventKind: null,
      group: null,
      example: null,
      weekdays: [],
    },
    replicas: 9,
  },
  inForceUnknown: null,
  rules: { minReplicas: 1, maxReplicas: 20, metrics: [{ type: 'External' }] },
  manifest: { kind: 'HorizontalPodAutoscaler' },
};

let role: string;
let job: LearningJob | null;
let learned: LearnedPolicy | null;
let asked: string[];
let waves: ScalingWaves;

beforeEach(() => {
  startI18n('en');
  role = 'OPERATOR';
  job = null;
  learned = LEARNED;
  asked = [];
  drawn.length = 0;
  waves = { items: [] };
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const url = new URL(input, 'http://hub');
    const path = url.pathname.replace('/api/v1', '');
    const method = init?.method ?? 'GET';
    if (method !== 'GET') {
      asked.push(`${method} ${path}${url.search} ${init?.body ?? ''}`.trim());
      return new Response(method === 'DELETE' ? null : '{}', {
        status: method === 'DELETE' ? 204 : 200,
      });
    }
    const bodies: Record<string, unknown> = {
      '/session': { username: 'mei', roles: [role], initialPassword: false, csrfToken: 'token' },
      '/scaling/learning': { job, learned },
      '/scaling/waves': waves,
    };
    return new Response(JSON.stringify(bodies[path] ?? { items: [] }), { status: 200 });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function open(element = <Lab detail={DETAIL} />) {
  render(
    <QueryClientProvider client={newQueryClient()}>
      <AppearanceProvider>
        <RouterProvider router={createMemoryRouter([{ path: '*', element }])} />
      </AppearanceProvider>
    </QueryClientProvider>,
  );
}

const user = () => userEvent.setup({ delay: null });

function running(state: LearningJob['state'], message = ''): LearningJob {
  return {
    id: 'j1',
    cluster: 'east',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart',
    startedBy: 'mei',
    startedAt: '2026-11-29T00:00:00.000Z',
    state,
    progress: 0.4,
    endedAt: null,
    reason: message === '' ? '' : 'TooLittleHistory',
    message,
  };
}

describe('the scaling lab', () => {
  it('comparesWhatPoliciesWouldHaveDone', async () => {
    open();
    const table = within(await screen.findByLabelText('Policies on the same load'));
    const usual = within(table.getByText('cpu 80%, down 300s').closest('tr') as HTMLElement);
    expect(usual.getByText('2')).toBeTruthy();
    expect(table.getByText('Perfect forecast')).toBeTruthy();
    expect(screen.getByText('42/s')).toBeTruthy();
    expect(screen.getByText(/38 to 47 at 95 %/)).toBeTruthy();
    expect(screen.getByText('Too few starts were seen')).toBeTruthy();
    expect(screen.getByText('use of CPU')).toBeTruthy();
    expect(screen.getByText('16 replicas')).toBeTruthy();
    expect(screen.getByText(/^525 % of its CPU request/)).toBeTruthy();
    expect(screen.getByText(/nothing is told to the autoscaler/)).toBeTruthy();
  });

  it('tellsWhichMetricsMayTriggerAndShowsWhyOthersMayNot', async () => {
    open();
    const triggers = within(
      await screen.findByRole('region', { name: 'Which metrics may trigger scaling' }),
    );
    expect(triggers.getByText('may trigger, rank 1')).toBeTruthy();
    expect(triggers.getAllByText('Does not fall when replicas come')).toHaveLength(2);
    expect(triggers.getByText(/relief 0.02/)).toBeTruthy();
    expect(
      triggers.getByRole('img', { name: /from 3 with 2 replicas to 1.5 with 4/ }),
    ).toBeTruthy();
    expect(triggers.getByText(/asked for at 24\/s of one/)).toBeTruthy();
    expect(triggers.getByText(/1.25 times when a replica is lost/)).toBeTruthy();
  });

  it('showsNetworkQueueAndPoolInTheirUnits', async () => {
    open();
    const triggers = within(
      await screen.findByRole('region', { name: 'Which metrics may trigger scaling' }),
    );
    const row = (name: string) => within(triggers.getByText(name).closest('tr') ?? document.body);
    expect(row('Pool use').getByText('35.4%')).toBeTruthy();
    expect(row('Pool use').getByRole('img', { name: /from 60% .* to 25% with 4/ })).toBeTruthy();
    expect(row('Queue depth').getByText('2.5')).toBeTruthy();
    expect(
      row('Network bytes a second').getByRole('img', { name: /from 50 KiB\/s .* to 50 KiB\/s/ }),
    ).toBeTruthy();
  });

  it('tellsWhatIsKeptForWhichDaysAndEvents', async () => {
    open();
    const kept = within(await screen.findByRole('region', { name: 'Kinds of days and events' }));
    expect(kept.getByText(/enough for 90\s?% of such days/)).toBeTruthy();
    expect(kept.getByText('Now it keeps 9 for Working day.')).toBeTruthy();
    expect(kept.getByRole('img', { name: 'Working day: 2 to 9' })).toBeTruthy();
    expect(kept.getByText('Saturday, Sunday')).toBeTruthy();
    expect(kept.getByText(/own: 4 errors, \+11\s?% to \+35\s?%/)).toBeTruthy();
    expect(kept.getByText(/usual: 1.5 errors, at least \+0\s?%/)).toBeTruthy();
    expect(kept.getByText('double eleven, 1 of 2')).toBeTruthy();
    expect(kept.getByRole('link', { name: 'Calendar' })).toBeTruthy();
    expect(screen.getByText('at first a request costs 50% more')).toBeTruthy();
  });

  it('drawsTheLearnedOneBesideWhatIsInForceAndOthersWhenAsked', async () => {
    open();
    await user().click(await screen.findByRole('checkbox', { name: 'cpu 80%, down 300s' }));
    expect(drawn[0]?.replicas.map(({ name }) => name)).toEqual(['Learned', 'In force']);
    expect(drawn.at(-1)?.replicas.map(({ name }) => name)).toEqual([
      'Learned',
      'cpu 80%, down 300s',
      'In force',
    ]);
    expect(drawn[0]?.load).toEqual([80, null]);
  });

  it('learnsOverDaysForAShareOfHurtRequests', async () => {
    learned = null;
    open();
    await user().type(await screen.findByLabelText('Requests that may be hurt, %'), '0.5');
    await user().click(screen.getByRole('button', { name: 'Learn a policy' }));
    expect(asked).toHaveLength(1);
    const [call = ''] = asked;
    expect(JSON.parse(call.slice('POST /scaling/learning '.length))).toEqual({
      cluster: 'east',
      namespace: 'shop',
      targetKind: 'Deployment',
      targetName: 'cart',
      days: 14,
      minReplicas: null,
      maxReplicas: null,
      reserve: 'REPLICA',
      mostHurt: 0.005,
    });
  });

  it('tellsHowFarLearningIsAndEndsIt', async () => {
    job = running('RUNNING');
    open();
    expect(await screen.findByText('40%')).toBeTruthy();
    await user().click(screen.getByRole('button', { name: 'Cancel' }));
    expect(asked).toEqual([
      'DELETE /scaling/learning?cluster=east&namespace=shop&kind=Deployment&name=cart',
    ]);
  });

  it('saysWhyNothingCouldBeLearned', async () => {
    job = running('FAILED', 'two hours of history are too few');
    open();
    expect(await screen.findByText('two hours of history are too few')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Learn anew' })).toBeTruthy();
  });

  it('makesTheLearnedRulesThePolicy', async () => {
    open();
    await user().click(await screen.findByRole('button', { name: 'Make it the policy' }));
    expect(await screen.findByRole('status')).toBeTruthy();
    const [call = ''] = asked;
    const body = JSON.parse(call.slice('PUT /scaling/policy '.length));
    expect(body.metrics).toEqual([{ type: 'External' }]);
    expect(body.maxReplicas).toBe(20);
  });

  it('letsAuditorsOnlyLook', async () => {
    role = 'AUDITOR';
    open();
    await screen.findByLabelText('Policies on the same load');
    expect(screen.queryByRole('button', { name: 'Learn anew' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Make it the policy' })).toBeNull();
  });

  it('showsBesideTheLearnedOneTheFirstUsualIfNothingIsInForce', () => {
    const policies = LEARNED.policies.filter(({ kind }) => kind !== 'IN_FORCE');
    expect(usuallyShown(policies)).toEqual(['forecast + 1.0 errors', 'cpu 80%, down 300s']);
  });

  it('drawsTheKneeToTheScaleOfWhatWasSeen', () => {
    const points = [{ load: 10, seconds: 0.2 }];
    const curve = [{ load: 90, seconds: 30 }];
    expect(roofOf({ points, curve })).toBeCloseTo(0.6);
    expect(roofOf({ points: [], curve })).toBeCloseTo(31.5);
    expect(roofOf({ points: [], curve: [] })).toBe(1);
  });

  it('putsPointsAndCurveOnOneAxis', () => {
    expect(
      merged({
        points: [{ load: 3, seconds: 0.2 }],
        curve: [
          { load: 1, seconds: 0.1 },
          { load: 3, seconds: 0.3 },
        ],
        capacity: null,
      }),
    ).toEqual([
      [1, 3],
      [null, 0.2],
      [0.1, 0.3],
    ]);
  });
});

describe('pilots and waves', () => {
  it('namesWhoGoesFirstAndWhoFollows', async () => {
    const member = (name: string) => ({
      namespace: 'shop',
      kind: 'Deployment',
      name,
      replicas: 2,
      score: 90,
      mode: name === 'cart' ? ('SHADOW' as const) : null,
    });
    waves = {
      items: [
        { platform: 'java', pilot: member('cart'), waves: [[member('bill')], [member('mail')]] },
      ],
    };
    open(<Waves cluster="east" />);
    expect(await screen.findByRole('heading', { name: 'java' })).toBeTruthy();
    expect(screen.getByText('Wave 2')).toBeTruthy();
    expect(screen.getByText('Shadow')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'shop/mail' }).getAttribute('href')).toContain(
      'name=mail',
    );
  });
});
