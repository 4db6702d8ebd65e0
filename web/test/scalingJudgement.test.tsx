// @vitest-environment jsdom
import './dom';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { routes } from '../src/App';
import { newQueryClient } from '../src/api/queries';
import type {
  ScalableWorkloadDetail,
  ScalingEffect,
  ScalingPolicy,
  ScalingShadow,
  ScalingVerdict,
  ScalingVerdicts,
  ShadowDecision,
  ShadowReplicas,
} from '../src/api/types';
import { startI18n } from '../src/i18n';
import type { Course } from '../src/pages/scaling/lab/curves';
import { AppearanceProvider } from '../src/theme/theme';

// jsdom has no canvas: what would be drawn is noted instead.
const drawn: Course[] = [];
vi.mock('../src/pages/scaling/lab/curves', async (original) => ({
  ...(await original<typeof import('../src/pages/scaling/lab/curves')>()),
  drawCourse: (_: HTMLElement, course: Course) => {
    drawn.push(course);
    return () => {};
  },
}));

const AT = '/scaling?cluster=east&namespace=shop&kind=Deployment&name=cart';

const EFFECT: ScalingEffect = {
  hurtShare: 0.0123,
  requests: 1_000_000,
  violationSeconds: 600,
  minutesViolated: 6,
  podHours: 48,
  cost: 1.8,
  rescales: 40,
  flaps: 3,
  minutesAtMax: 0,
  minutesShort: 12,
  worstMinuteShare: 0.25,
  timeToCapacityP95Seconds: 75,
  minutesOverloading: 0,
  hours: 24,
};

const DECISION: ShadowDecision = {
  time: '2026-11-29T10:00:15.000Z',
  inForce: 4,
  wanted: 6,
  winner: 'cpu resource utilization',
  metrics: [
    {
      metric: 'cpu resource utilization',
      replicas: 9,
      ratio: 1.4,
      ratioWithOthers: 1.2,
      leftOut: [{ why: 'UNREADY', pods: 12, names: ['cart-a', 'cart-b'] }],
      error: '',
    },
    {
      metric: 'external metric queue',
      replicas: null,
      ratio: null,
      ratioWithOthers: null,
      leftOut: [],
      error: 'no value of queue',
    },
  ],
  recommended: 9,
  stabilised: 8,
  stabilisedBy: '2026-11-29T09:58:00.000Z',
  limitedBy: 'ScaleUpLimit',
  error: 'invalid metrics (1 invalid out of 2)',
  unseenSince: '2026-11-29T08:30:00.000Z',
};

const BOUNDED: ShadowDecision = {
  time: '2026-11-29T09:00:00.000Z',
  inForce: 1,
  wanted: 2,
  winner: '',
  metrics: [],
  recommended: null,
  stabilised: null,
  stabilisedBy: null,
  limitedBy: '',
  error: '',
  unseenSince: null,
};

const VERDICT: ScalingVerdict = {
  time: '2026-11-29T08:00:00.000Z',
  from: 2,
  to: 4,
  by: 'PERSON',
  who: 'kubectl-scale',
  good: false,
  needed: true,
  inTime: false,
  enough: true,
  reverted: true,
  with: EFFECT,
  without: { ...EFFECT, hurtShare: 0.2, minutesViolated: 21, podHours: 40 },
};

let mode: ScalingPolicy['mode'] | null;
let shadow: (cursor: string | null) => ScalingShadow;
let course: ShadowReplicas;
let verdicts: ScalingVerdicts;
let failing: string;

beforeEach(() => {
  startI18n('en');
  mode = 'SHADOW';
  failing = '';
  drawn.length = 0;
  shadow = () => ({
    effect: {
      from: '2026-11-28T10:00:00.000Z',
      to: '2026-11-29T10:00:00.000Z',
      own: EFFECT,
      inForce: { ...EFFECT, podHours: 60 },
    },
    decisions: [DECISION],
    next: null,
    metric: 'bridgewatch.scaling.shadow_replicas',
  });
  course = {
    from: '2026-11-28T10:00:00.000Z',
    stepSeconds: 300,
    inForce: [4, 4],
    shadow: [null, 6],
  };
  verdicts = { judged: true, items: [VERDICT], next: null, waiting: [] };
  vi.stubGlobal('fetch', async (input: string) => {
    const url = new URL(input, 'http://hub');
    const path = url.pathname.replace('/api/v1', '');
    if (failing !== '' && path === failing) {
      return new Response(JSON.stringify({ title: 'Too many', detail: 'ask again later' }), {
        status: 503,
      });
    }
    return new Response(JSON.stringify(answer(path, url.searchParams)), { status: 200 });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function answer(path: string, query: URLSearchParams): unknown {
  switch (path) {
    case '/session':
      return { username: 'mei', roles: ['OPERATOR'], initialPassword: false, csrfToken: 'token' };
    case '/clusters':
      return { items: [{ name: 'east' }] };
    case '/scaling/workload':
      return detail();
    case '/scaling/workloads':
      return { items: [detail().workload], total: 1 };
    case '/scaling/shadow':
      return shadow(query.get('cursor'));
    case '/scaling/shadow/replicas':
      return course;
    case '/scaling/verdicts':
      return verdicts;
    case '/scaling/learning':
      return { job: null, learned: null };
    default:
      return { items: [] };
  }
}

function detail(): ScalableWorkloadDetail {
  return {
    workload: {
      cluster: 'east',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'cart',
      replicas: 4,
      score: 100,
      gaps: 0,
      otherScalers: [],
      autoscalers: [],
      policy: mode === null ? null : 'cart',
      mode,
    },
    checks: [],
    starts: { pods: 0, neverReady: 0, phases: [] },
    conflicts: [],
    room: {
      largest: 35,
      moreByNodes: 31,
      nodes: 3,
      quota: null,
      quotaResource: null,
      moreByQuota: null,
    },
    policy:
      mode === null
        ? null
        : {
            cluster: 'east',
            namespace: 'shop',
            name: 'cart',
            source: 'HUB',
            targetKind: 'Deployment',
            targetName: 'cart',
            mode,
            modeSince: '2026-11-28T00:00:00.000Z',
            changedBy: 'mei',
            pilot: false,
            hpaName: 'cart',
            minReplicas: 2,
            maxReplicas: 9,
            downstreams: [],
            manifest: {},
          },
    next: null,
    unservedMetrics: [],
    plans: [],
  };
}

function open(view: string) {
  const router = createMemoryRouter(routes, { initialEntries: [`${AT}&view=${view}`] });
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

describe('the views of a workload', () => {
  it('haveAddressesOfTheirOwnAndSayWhichIsShown', async () => {
    const router = open('verdicts');
    const views = within(await screen.findByRole('navigation', { name: 'Views of the workload' }));
    expect(views.getByRole('link', { name: 'Verdicts' }).getAttribute('aria-current')).toBe('page');
    const policy = views.getByRole('link', { name: 'Readiness and policy' });
    expect(policy.getAttribute('href')).toBe(AT);
    await user().click(views.getByRole('link', { name: 'Shadow' }));
    expect(router.state.location.search).toContain('view=shadow');
    expect(await screen.findByRole('heading', { name: 'In shadow' })).toBeTruthy();
  });
});

describe('a policy in shadow', () => {
  it('explainsADecisionOneClickAway', async () => {
    open('shadow');
    const list = within(await screen.findByRole('list', { name: 'Decisions' }));
    expect(list.getByText('6 instead of 4')).toBeTruthy();
    expect(list.getByText(/cpu resource utilization asked for 9/)).toBeTruthy();
    const toggle = list.getByRole('button', { name: /^Explanation of/ });
    expect(toggle.getAttribute('aria-expanded')).toBe('false');
    toggle.focus();
    await user().keyboard('{Enter}');
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    const metrics = within(list.getByRole('table', { name: 'What each metric asked for' }));
    expect(metrics.getByText('12 not ready:')).toBeTruthy();
    expect(metrics.getByText(/cart-a, cart-b …/)).toBeTruthy();
    expect(metrics.getByText('no value of queue')).toBeTruthy();
    expect(list.getByText(/^It had not decided since/)).toBeTruthy();
    expect(list.getByText(/^8, held by the recommendation of/)).toBeTruthy();
    expect(list.getByText(/rises faster than the policy allows \(ScaleUpLimit\)/)).toBeTruthy();
    await user().keyboard('{Enter}');
    expect(list.queryByRole('table')).toBeNull();
  });

  it('isDrawnAndComparedBesideWhatIsInForce', async () => {
    open('shadow');
    const table = within(
      await screen.findByRole('table', { name: 'Effect in shadow and in force' }),
    );
    const inForce = within(table.getByText('In force').closest('tr') as HTMLElement);
    expect(inForce.getByText('60')).toBeTruthy();
    await screen.findByRole('figure', { name: 'Replicas in force and in shadow' });
    expect(drawn.at(-1)?.replicas).toEqual([
      { name: 'In force', values: [4, 4] },
      { name: 'In shadow', values: [null, 6] },
    ]);
  });

  it('keepsTheTimeShownInItsAddress', async () => {
    const router = open('shadow');
    await user().click(await screen.findByText('A week'));
    expect(router.state.location.search).toContain('hours=168');
  });

  it('hasOlderDecisionsOnFurtherPages', async () => {
    shadow = (cursor) => ({
      effect: null,
      decisions: [cursor === null ? DECISION : BOUNDED],
      next: cursor === null ? DECISION.time : null,
      metric: '',
    });
    open('shadow');
    await user().click(await screen.findByRole('button', { name: /Next/ }));
    expect(await screen.findByText('2 instead of 1')).toBeTruthy();
    expect(screen.getByText(/without a look at metrics/)).toBeTruthy();
    expect(screen.getByText(/Its effect was not measured yet/)).toBeTruthy();
    await user().click(screen.getByRole('button', { name: /Previous/ }));
    expect(await screen.findByText('6 instead of 4')).toBeTruthy();
  });

  it('saysThatThereIsNoPolicyOrThatItIsNotInShadow', async () => {
    mode = null;
    open('shadow');
    expect(await screen.findByRole('heading', { name: 'No policy' })).toBeTruthy();
  });

  it('showsEarlierDecisionsOfAPolicyThatWentOn', async () => {
    mode = 'APPROVE';
    course = { ...course, shadow: [null, null] };
    open('shadow');
    expect(await screen.findByText('The policy is in mode Approve')).toBeTruthy();
    expect(await screen.findByText('6 instead of 4')).toBeTruthy();
    expect(await screen.findByText('Nothing was decided in shadow in this time.')).toBeTruthy();
    expect(screen.queryByText(/Its effect was not measured/)).toBeNull();
  });

  it('saysWhatCouldNotBeRead', async () => {
    failing = '/scaling/shadow';
    open('shadow');
    expect((await screen.findByRole('alert')).textContent).toContain('ask again later');
  });

  it('isInChineseToo', async () => {
    startI18n('zh');
    open('shadow');
    expect(await screen.findByRole('heading', { name: '影子模式' })).toBeTruthy();
    expect(await screen.findByText('6（现行 4）')).toBeTruthy();
  });
});

describe('verdicts', () => {
  it('sayWhatWasRightAndWhatWouldHaveBeenWithoutTheChange', async () => {
    open('verdicts');
    const table = within(await screen.findByRole('table', { name: 'Verdicts' }));
    expect(table.getByText('2 → 4')).toBeTruthy();
    expect(table.getByText('person')).toBeTruthy();
    expect(table.getByText('kubectl-scale')).toBeTruthy();
    for (const word of ['needed', 'too late', 'enough', 'reverted by a person']) {
      expect(table.getByText(word)).toBeTruthy();
    }
    expect(table.getByText('1.23')).toBeTruthy();
    expect(table.getByText('without it 20')).toBeTruthy();
    expect(table.getByText('without it 21')).toBeTruthy();
    expect(table.getByText('without it 40')).toBeTruthy();
  });

  it('areEmptyWhereNothingWasLearnedAndLeadToTheLab', async () => {
    verdicts = { judged: false, items: [], next: null, waiting: [] };
    open('verdicts');
    expect(await screen.findByText(/no policy was learned of this workload yet/)).toBeTruthy();
    const link = screen.getByRole('link', { name: 'Learn a policy in the scaling lab' });
    expect(link.getAttribute('href')).toBe(`${AT}&view=lab`);
  });

  it('areEmptyWhereNothingChanged', async () => {
    verdicts = { judged: true, items: [], next: null, waiting: [] };
    open('verdicts');
    expect(await screen.findByText(/The replicas did not change/)).toBeTruthy();
  });

  it('tellWhichChangesWait', async () => {
    const soon = new Date(Date.now() + 600_000).toISOString();
    const late = new Date(Date.now() - 600_000).toISOString();
    verdicts = {
      judged: true,
      items: [],
      next: null,
      waiting: [
        { time: soon, from: 4, to: 5, due: soon },
        { time: late, from: 2, to: 4, due: late },
      ],
    };
    open('verdicts');
    const waiting = within(
      await screen.findByRole('list', { name: 'Changes that wait for their verdict' }),
    );
    const [first, second] = waiting.getAllByRole('listitem');
    expect(first?.textContent).toContain('is judged at');
    expect(second?.textContent).toContain('too little of its load was seen');
    expect(screen.getByText(/wait until their effect was seen/)).toBeTruthy();
  });

  it('areInChineseToo', async () => {
    startI18n('zh');
    open('verdicts');
    const table = within(await screen.findByRole('table', { name: '结论' }));
    expect(table.getByText('太迟')).toBeTruthy();
    expect(table.getByText('若没有 21')).toBeTruthy();
  });
});
