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
  ScalableWorkload,
  ScalableWorkloadDetail,
  ScalingPlan,
  ScalingPolicy,
} from '../src/api/types';
import { startI18n } from '../src/i18n';
import { AppearanceProvider } from '../src/theme/theme';

const AT = '/scaling?cluster=east&namespace=shop&kind=Deployment&name=cart';

let role: string;
let workload: ScalableWorkload;
let detail: ScalableWorkloadDetail;
let asked: string[];

const MANIFEST = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'cart', namespace: 'shop' },
  spec: { maxReplicas: 9 },
};

function policy(mode: ScalingPolicy['mode']): ScalingPolicy {
  return {
    cluster: 'east',
    namespace: 'shop',
    name: 'cart',
    source: 'HUB',
    targetKind: 'Deployment',
    targetName: 'cart',
    mode,
    modeSince: '2026-11-29T00:00:00.000Z',
    changedBy: 'mei',
    pilot: false,
    hpaName: 'cart',
    minReplicas: 2,
    maxReplicas: 9,
    downstreams: [],
    manifest: MANIFEST,
  };
}

function plan(state: ScalingPlan['state']): ScalingPlan {
  return {
    id: 'p1',
    cluster: 'east',
    namespace: 'shop',
    policy: 'cart',
    state,
    createdBy: 'mei',
    createdAt: '2026-11-29T00:00:00.000Z',
    decidedBy: null,
    decidedAt: null,
    manifest: MANIFEST,
    changes: [{ field: 'spec.maxReplicas', before: null, after: '9' }],
    owners: [],
    unservedMetrics: [],
    reason: '',
    message: '',
  };
}

beforeEach(() => {
  startI18n('en');
  role = 'OPERATOR';
  asked = [];
  workload = {
    cluster: 'east',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart',
    replicas: 3,
    score: 70,
    gaps: 2,
    otherScalers: ['ScaledObject cart-queue'],
    autoscalers: [],
    policy: null,
    mode: null,
  };
  detail = {
    workload,
    checks: [
      {
        criterion: 'READINESS_PROBE',
        title: 'Readiness probe tells something',
        weight: 15,
        met: false,
        gaps: [{ evidence: 'container app has no readiness probe', fix: 'add a readinessProbe' }],
      },
      { criterion: 'REQUESTS', title: 'Requests are set', weight: 15, met: true, gaps: [] },
    ],
    starts: {
      pods: 4,
      neverReady: 0,
      phases: [{ phase: 'TOTAL', pods: 4, p50Seconds: 41, p90Seconds: 58, longestSeconds: 60 }],
    },
    conflicts: [
      {
        owner: 'ScaledObject cart-queue',
        blocking: true,
        text: 'ScaledObject cart-queue scales it',
      },
    ],
    room: {
      largest: 35,
      moreByNodes: 32,
      nodes: 3,
      quota: null,
      quotaResource: null,
      moreByQuota: null,
    },
    policy: null,
    unservedMetrics: [],
    next: null,
    plans: [],
  };
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const url = new URL(input, 'http://hub');
    const path = url.pathname.replace('/api/v1', '');
    const method = init?.method ?? 'GET';
    if (method !== 'GET') {
      asked.push(`${method} ${path}${url.search} ${init?.body ?? ''}`.trim());
      return answered(method, path);
    }
    const body =
      path === '/session'
        ? { username: 'mei', roles: [role], initialPassword: false, csrfToken: 'token' }
        : path === '/scaling/workloads'
          ? { items: [workload], total: 1 }
          : path === '/scaling/workload'
            ? detail
            : path === '/scaling/learning'
              ? { job: null, learned: null }
              : path === '/clusters'
                ? { items: [{ name: 'east' }] }
                : { items: [] };
    return new Response(JSON.stringify(body), { status: 200 });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function answered(method: string, path: string): Response {
  if (path === '/scaling/plans') {
    detail = { ...detail, plans: [plan('PLANNED')] };
  } else if (path.endsWith('/confirm')) {
    detail = {
      ...detail,
      plans: [
        {
          ...plan('STALE'),
          reason: 'AutoscalerChanged',
          message: 'the autoscaler was changed since',
          decidedBy: 'mei',
        },
      ],
    };
  }
  return new Response(method === 'DELETE' ? null : '{}', {
    status: method === 'DELETE' ? 204 : 200,
  });
}

function open(at = AT) {
  render(
    <QueryClientProvider client={newQueryClient()}>
      <AppearanceProvider>
        <RouterProvider router={createMemoryRouter(routes, { initialEntries: [at] })} />
      </AppearanceProvider>
    </QueryClientProvider>,
  );
}

const user = () => userEvent.setup({ delay: null });

describe('the page of scaling', () => {
  it('listsWorkloadsWithWhatKeepsThemFromBeingScaled', async () => {
    open('/scaling');
    const table = within(await screen.findByLabelText('Workloads'));
    expect(table.getByText('70 of 100')).toBeTruthy();
    expect(table.getByText('2 gaps')).toBeTruthy();
    expect(table.getByText('ScaledObject cart-queue')).toBeTruthy();
    const link = table.getByRole('link', { name: 'cart' });
    expect(link.getAttribute('href')).toBe(AT);
  });

  it('showsEachGapWithWhatHelpsWhoElseScalesAndTheStartTimes', async () => {
    open();
    await screen.findByText(/add a readinessProbe/);
    expect(screen.getByText('ScaledObject cart-queue scales it')).toBeTruthy();
    expect(screen.getByText('58 s')).toBeTruthy();
    expect(screen.getByText(/room for 35 replicas on 3 nodes/)).toBeTruthy();
  });

  it('setsAPolicyThatIsAPlainAutoscaler', async () => {
    open();
    await user().click(await screen.findByRole('button', { name: 'Set the policy' }));
    expect(asked).toHaveLength(1);
    const [call = ''] = asked;
    expect(call.startsWith('PUT /scaling/policy {')).toBe(true);
    const body = JSON.parse(call.slice('PUT /scaling/policy '.length));
    expect(body.maxReplicas).toBe(6);
    expect(body.metrics[0].resource.target.averageUtilization).toBe(60);
  });

  it('goesOnWithoutEvidenceOnlyForAReason', async () => {
    detail = {
      ...detail,
      policy: policy('SHADOW'),
      next: {
        from: 'SHADOW',
        to: 'APPROVE',
        granted: false,
        requirements: [
          {
            rule: 'SHADOW_DECISIONS',
            title: 'Decisions in shadow, at least',
            met: false,
            seen: null,
            wanted: 20,
          },
        ],
      },
    };
    open();
    const button = await screen.findByRole('button', { name: 'To mode Approve' });
    expect(button.hasAttribute('disabled')).toBe(true);
    expect(screen.getByText(/not measured/)).toBeTruthy();
    await user().type(screen.getByLabelText(/Why to go on/), 'pilot');
    await user().click(button);
    expect(asked).toEqual([
      'PUT /scaling/policy/mode?cluster=east&namespace=shop&name=cart {"mode":"APPROVE","reason":"pilot"}',
    ]);
  });

  it('plansShowsWhatWouldChangeConfirmsAndTellsWhatCameOfIt', async () => {
    detail = { ...detail, policy: policy('APPROVE') };
    open();
    await user().click(await screen.findByRole('button', { name: 'Make a plan' }));
    const changes = within(
      await screen.findByLabelText('What would change, as the API server says'),
    );
    expect(changes.getByText('spec.maxReplicas')).toBeTruthy();
    await user().click(screen.getByRole('button', { name: 'Show the manifest' }));
    expect(screen.getByText(/kind: HorizontalPodAutoscaler/)).toBeTruthy();
    await user().click(screen.getByRole('button', { name: 'Confirm and apply' }));
    await screen.findByText('the autoscaler was changed since');
    expect(screen.queryByRole('button', { name: 'Confirm and apply' })).toBeNull();
    expect(asked).toEqual([
      'POST /scaling/plans {"cluster":"east","namespace":"shop","policy":"cart"}',
      'POST /scaling/plans/p1/confirm',
    ]);
  });

  it('namesWhoOwnsAFieldThatAPlanWouldChange', async () => {
    detail = {
      ...detail,
      policy: policy('APPROVE'),
      plans: [
        {
          ...plan('CONFLICTED'),
          changes: [],
          owners: [{ field: '.spec.maxReplicas', owner: 'kubectl-edit' }],
        },
      ],
    };
    open();
    const owners = within(await screen.findByLabelText('Fields that others own'));
    expect(owners.getByText('.spec.maxReplicas')).toBeTruthy();
    expect(owners.getByText('kubectl-edit')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Confirm and apply' })).toBeNull();
  });

  it('namesWhoOwnsTheMetricsThatAnAutoscalerWouldNotGetAndTheWaysOut', async () => {
    detail = {
      ...detail,
      policy: policy('APPROVE'),
      plans: [
        {
          ...plan('PLANNED'),
          unservedMetrics: [
            {
              metric: 'bridgewatch-replicas-needed',
              group: 'external.metrics.k8s.io',
              reason: 'NOT_OF_OWNER',
              owner: 'monitoring/adapter',
              text: 'external.metrics.k8s.io is owned by the service monitoring/adapter',
              ways: [
                { text: 'let monitoring/adapter serve it by this rule', yaml: 'externalRules: []' },
                { text: 'scale by CPU at 50 %', yaml: null },
              ],
            },
          ],
        },
      ],
    };
    open();
    await screen.findByText('external.metrics.k8s.io is owned by the service monitoring/adapter');
    expect(screen.getByText('externalRules: []')).toBeTruthy();
    expect(screen.getByText('scale by CPU at 50 %')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Confirm and apply' })).toBeTruthy();
  });

  it('letsAuditorsOnlyLook', async () => {
    role = 'AUDITOR';
    detail = { ...detail, policy: policy('APPROVE'), plans: [plan('PLANNED')] };
    open();
    await screen.findByText(/Auditors see policies/);
    expect(screen.queryByRole('button', { name: 'Confirm and apply' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Make a plan' })).toBeNull();
  });
});
