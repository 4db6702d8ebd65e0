import type {
  Cluster,
  EntityDetail,
  EntityHead,
  EntityPage,
  EntityRow,
  EntitySummary,
  Happening,
  Health,
  HealthState,
  Language,
  NeighbourMap,
  NeighbourNode,
  Owner,
  Pool,
} from '../src/api/types';
import { PROFILE } from './profile.ts';

/** An invented cluster, for development and tests. Same moment, same answers. */

const CLUSTER = 'harbour';
const MINUTE = 60_000;
const GIB = 2 ** 30;

const APPLICATIONS = ['cart', 'catalogue', 'checkout', 'ledger', 'mail', 'search', 'stock', 'web'];
const TEAMS = ['orders', 'goods', 'money'];
const PODS_EACH = 300;
const NODES = 24;

const TYPE_TEXTS: Record<string, [en: string, zh: string]> = {
  node: ['node', '节点'],
  namespace: ['namespace', '命名空间'],
  deployment: ['Deployment', 'Deployment'],
  replicaset: ['ReplicaSet', 'ReplicaSet'],
  pod: ['pod', 'Pod'],
  container: ['container', '容器'],
  'kubernetes-service': ['Kubernetes Service', 'Kubernetes Service'],
};

const WELL: HealthState = { state: 'healthy', reason: '', message: '', since: null };

const ago = (now: number, minutes: number) => new Date(now - minutes * MINUTE).toISOString();

function health(state: Health, reason: string, message: string, since: string): HealthState {
  return { state, reason, message, since };
}

/** What an invented hub knows at a moment; it answers the paths of discovery. */
/** How telemetry comes in, with a bit of every trouble. */
export const PIPELINE = {
  flows: [
    {
      source: 'otlp',
      signal: 'LOGS',
      taken: 18_204,
      rejected: [{ reason: 'TimeOutsideRange', count: 12 }],
      last: '2026-11-25T10:00:00Z',
    },
    { source: 'scrape', signal: 'SAMPLES', taken: 912_480, rejected: [], last: null },
  ],
  underWay: 0,
  mostUnderWay: 200_000,
  unreadable: [{ reason: 'BrokenMessage', count: 3 }],
  clusters: [
    {
      cluster: CLUSTER,
      targets: 60,
      failing: 1,
      samples: 15_208,
      failures: [{ reason: 'HttpStatus', count: 1 }],
      issues: [{ reason: 'PortMissing', count: 2 }],
      podLogs: { followed: 500, waiting: 12, lines: 90_210, failures: [] },
    },
  ],
  probes: [
    {
      name: 'https://bank.example/health',
      at: '2026-11-25T10:00:00Z',
      failure: null,
      detail: null,
      phases: [
        { phase: 'connect', seconds: 0.004 },
        { phase: 'tls', seconds: 0.011 },
      ],
      certificateExpires: '2027-01-01T00:00:00Z',
    },
    {
      name: 'tcp://db.example:5432',
      at: '2026-11-25T10:00:00Z',
      failure: 'ConnectionRefused',
      detail: 'nothing listens there',
      phases: [],
      certificateExpires: null,
    },
  ],
  store: {
    address: 'https://search.example:9200',
    version: '3.8.0',
    health: 'RED',
    asOf: '2026-11-25T10:00:00Z',
    trouble: null,
    rejected: [{ reason: 'MappingRefused', count: 2 }],
    retried: 1_204,
  },
  ingestOpen: false,
  grpcPort: null,
  sampling: {
    spansPerSecond: 1_000,
    gathering: true,
    flow: 5_210,
    ordinaryRate: 0.184,
    remarkableRate: 1,
    unchosenSpans: 10_000,
    decided: [
      { reason: 'failed', traces: 41, spans: 205 },
      { reason: 'sampled', traces: 11_020, spans: 55_100 },
      { reason: 'not-sampled', traces: 48_870, spans: 244_350 },
    ],
    waiting: 78_150,
    early: 0,
    late: 12,
  },
  calls: { kept: 88_000, waiting: 0, lost: 16, settledEarly: 0 },
  transactions: { kept: 1_200, waiting: 0, lost: 0, overflowed: 3 },
};

function targets(of: (name: string) => string) {
  const all = Array.from({ length: 60 }, (_, i) => ({
    cluster: CLUSTER,
    id: `kubelet/worker-${i}/cadvisor`,
    address: `/api/v1/nodes/worker-${i}/proxy/metrics/cadvisor`,
    lastScrape: '2026-11-25T10:00:00Z',
    failure: i === 7 ? 'HttpStatus' : null,
    detail: i === 7 ? '403: nodes/proxy is denied' : null,
    samples: i === 7 ? 0 : 253,
    tookSeconds: 0.12,
    intervalSeconds: 15,
    rejected: [],
  })).filter(
    ({ id, failure }) =>
      id.includes(of('q')) &&
      (of('failing') === '' || (of('failing') === 'true') === (failure !== null)),
  );
  const from = Number(of('cursor') || 0);
  const to = from + Number(of('limit') || 50);
  return {
    items: all.slice(from, to),
    next: to < all.length ? String(to) : null,
    total: all.length,
  };
}

/** What is kept, as of the fixture's time. */
export const RETENTION = {
  asOf: '2026-11-25T10:00:00Z',
  kept: [
    {
      kind: 'HAPPENINGS',
      external: false,
      bytes: 48_234_496,
      oldest: '2026-10-26T10:00:00Z',
      keepDays: 30,
      givenUp: null,
    },
    {
      kind: 'TOPOLOGY',
      external: false,
      bytes: 912_261_120,
      oldest: '2026-11-20T06:00:00Z',
      keepDays: 30,
      givenUp: '2026-11-20T06:00:00Z',
    },
    {
      kind: 'LOGS',
      external: true,
      bytes: 128_849_018_880,
      oldest: '2026-11-18T00:00:00Z',
      keepDays: 7,
      givenUp: null,
    },
  ],
  budgetBytes: 1_073_741_824,
  usableBytes: 52_613_349_376,
  leastUsableBytes: 1_073_741_824,
  trouble: null,
};

export class InventedCluster {
  readonly rows: EntityRow[];

  constructor(
    private readonly now: number,
    private readonly lang: Language,
  ) {
    this.rows = [...this.nodes(), ...this.workloads()];
  }

  /** The answer to a path below `/api/v1`; undefined where there is none. */
  answer(url: URL): unknown {
    const of = (name: string) => url.searchParams.get(name) ?? '';
    switch (url.pathname.replace(/^\/api\/v1/, '')) {
      case '/clusters':
        return { items: [this.cluster()] };
      case `/clusters/${CLUSTER}/history`:
        return { stretches: this.stretches(), retentionDays: 30 };
      case '/pipeline':
        return PIPELINE;
      case '/pipeline/targets':
        return targets(of);
      case '/retention':
        return RETENTION;
      case '/entities':
        return this.page(of);
      case '/entities/summary':
        return this.summary();
      case '/entity':
        return this.detail(of);
      case '/entity/object':
        return OBJECT;
      case '/entity/profile':
        return of('type') === 'node' ? { ...PROFILE, pod: null, containers: [] } : PROFILE;
      case '/map':
        return this.map(of);
      case '/happenings':
        return { items: this.happenings(of), next: null };
      case '/pools':
        return { items: this.pools(), asOf: ago(this.now, 0) };
      case '/teams':
        return { items: this.owners(of('by')), asOf: ago(this.now, 0) };
      case '/placement':
        return this.placement();
      default:
        return undefined;
    }
  }

  private typeText(type: string): string {
    return TYPE_TEXTS[type]?.[this.lang === 'zh' ? 1 : 0] ?? type;
  }

  private row(
    type: string,
    namespace: string | null,
    name: string,
    attributes: Record<string, string>,
    state: HealthState = WELL,
    more: Partial<EntityRow> = {},
  ): EntityRow {
    return {
      id: [type, namespace, more.pod, name].filter(Boolean).join('/'),
      cluster: CLUSTER,
      type,
      typeText: this.typeText(type),
      kind: null,
      namespace,
      pod: null,
      name,
      health: state,
      created: ago(this.now, 60 * 24 * 12),
      application: null,
      team: null,
      attributes: { 'k8s.cluster.name': CLUSTER, ...attributes },
      ...more,
    };
  }

  private nodes(): EntityRow[] {
    return Array.from({ length: NODES }, (_, i) =>
      this.row(
        'node',
        null,
        `worker-${i + 1}`,
        {
          'k8s.node.name': `worker-${i + 1}`,
          'bridgewatch.pool': i % 6 === 0 ? 'memory' : 'general',
          'host.arch': i % 4 === 0 ? 'arm64' : 'amd64',
          'cloud.availability_zone': `zone-${'abc'[i % 3]}`,
          'k8s.node.kubelet.version': 'v1.36.2',
          'k8s.node.allocatable.cpu': '15.5',
          'k8s.node.allocatable.memory': String(60 * GIB),
          'k8s.node.allocatable.pods': '110',
        },
        i === 6
          ? health(
              'failing',
              'NodeNotReady',
              'Kubelet stopped posting node status.',
              ago(this.now, 9),
            )
          : WELL,
      ),
    );
  }

  private workloads(): EntityRow[] {
    return APPLICATIONS.flatMap((application, a) => {
      const owner = { application, team: TEAMS[a % TEAMS.length] ?? null };
      const labels = { 'k8s.label.app.kubernetes.io/name': application };
      const sick = application === 'ledger';
      const bad = health(
        'degraded',
        'OOMKilled',
        '2 of 300 pods were killed for want of memory.',
        ago(this.now, 14),
      );
      return [
        this.row(
          'deployment',
          'shop',
          application,
          {
            'k8s.workload.replicas.desired': String(PODS_EACH),
            'k8s.workload.replicas.ready': String(sick ? PODS_EACH - 2 : PODS_EACH),
            'container.image.name': `registry.example/shop/${application}:1.${a}.2`,
            ...labels,
          },
          sick ? bad : WELL,
          owner,
        ),
        this.row('replicaset', 'shop', `${application}-7f9c`, labels, WELL, owner),
        this.row(
          'kubernetes-service',
          'shop',
          application,
          {
            'k8s.service.type': 'ClusterIP',
            'k8s.service.cluster_ip': `10.96.0.${a + 10}`,
            'k8s.service.ports': 'http 80→8080/TCP',
          },
          WELL,
          owner,
        ),
        ...Array.from({ length: PODS_EACH }, (_, i) => {
          const oom = sick && i < 2;
          return this.row(
            'pod',
            'shop',
            `${application}-7f9c-${String(i).padStart(5, '0')}`,
            {
              'k8s.pod.ready': oom ? '0/1' : '1/1',
              'k8s.pod.phase': 'Running',
              'k8s.pod.restarts': oom ? '7' : '0',
              'k8s.pod.ip': `10.244.${a}.${i % 250}`,
              'k8s.node.name': `worker-${(i % NODES) + 1}`,
              'k8s.request.cpu': '0.25',
              'k8s.request.memory': String(GIB / 2),
              'k8s.limit.memory': String(GIB),
              ...labels,
            },
            oom
              ? health(
                  'failing',
                  'OOMKilled',
                  'Container app was killed for want of memory.',
                  ago(this.now, 14),
                )
              : WELL,
            { ...owner, created: ago(this.now, 30 + i) },
          );
        }),
      ];
    });
  }

  private cluster(): Cluster {
    const count = (type: string) => this.rows.filter((row) => row.type === type).length;
    const kind = (resource: string) => ({
      resource,
      state: 'LIVE' as const,
      reason: '',
      detail: '',
      since: ago(this.now, 300),
    });
    return {
      name: CLUSTER,
      auditWebhook: false,
      apiUrl: 'https://10.0.0.1:6443',
      source: 'KUBECONFIG',
      state: 'LIVE',
      reason: '',
      detail: '',
      since: ago(this.now, 300),
      asOf: ago(this.now, 0),
      counts: {
        nodes: NODES,
        namespaces: 1,
        pods: count('pod'),
        workloads: count('deployment'),
        services: count('kubernetes-service'),
      },
      kinds: [
        kind('pods'),
        kind('nodes'),
        kind('deployments.apps'),
        {
          resource: 'networkpolicies.networking.k8s.io',
          state: 'UNAVAILABLE',
          reason: 'Forbidden',
          detail: 'GET /apis/networking.k8s.io/v1/networkpolicies answered 403',
          since: ago(this.now, 300),
        },
      ],
      pipeline: {
        observed: 41_233,
        changes: 912,
        rejected: 3,
        queued: 0,
        queueCapacity: 10_000,
        lagSeconds: 0.02,
        storeTrouble: null,
        rejections: [
          {
            reason: 'ObjectTooLarge',
            subject: 'configmaps',
            count: 3,
            detail: 'shop/huge',
            last: ago(this.now, 70),
          },
        ],
      },
      troubles: this.rows.filter(({ health: { state } }) => state === 'failing').length,
    };
  }

  private stretches() {
    return [
      { from: ago(this.now, 60 * 24 * 6), to: ago(this.now, 50) },
      { from: ago(this.now, 38), to: ago(this.now, 0) },
    ];
  }

  private page(of: (name: string) => string): EntityPage {
    const words = of('q').toLowerCase().split(/\s+/).filter(Boolean);
    const states = of('health').split(',').filter(Boolean);
    const found = this.rows.filter(
      (row) =>
        (of('type') === '' || row.type === of('type')) &&
        (of('namespace') === '' || row.namespace === of('namespace')) &&
        (of('team') === '' || row.team === of('team')) &&
        (of('application') === '' || row.application === of('application')) &&
        (of('node') === '' || row.attributes['k8s.node.name'] === of('node')) &&
        (states.length === 0 || states.includes(row.health.state)) &&
        words.every((word) => row.name.includes(word)),
    );
    const severity = (row: EntityRow) =>
      [
        'healthy',
        'completed',
        'suspended',
        'unknown',
        'progressing',
        'degraded',
        'failing',
      ].indexOf(row.health.state);
    const restarts = (row: EntityRow) => Number(row.attributes['k8s.pod.restarts'] ?? 0);
    const orders: Record<string, (a: EntityRow, b: EntityRow) => number> = {
      name: (a, b) => a.name.localeCompare(b.name),
      health: (a, b) => severity(a) - severity(b),
      restarts: (a, b) => restarts(a) - restarts(b),
      created: (a, b) => (a.created ?? '').localeCompare(b.created ?? ''),
    };
    const order = orders[of('sort').replace('-', '')];
    if (order) found.sort((a, b) => (of('sort').startsWith('-') ? -order(a, b) : order(a, b)));
    const from = Number(of('cursor') || 0);
    const to = from + Number(of('limit') || 50);
    return {
      items: found.slice(from, to),
      next: to < found.length ? String(to) : null,
      total: found.length,
      asOf: ago(this.now, 0),
    };
  }

  private summary(): EntitySummary {
    const types = [...new Set(this.rows.map(({ type }) => type))].map((type) => {
      const rows = this.rows.filter((row) => row.type === type);
      const states: Record<string, number> = {};
      for (const row of rows) states[row.health.state] = (states[row.health.state] ?? 0) + 1;
      return { type, typeText: this.typeText(type), total: rows.length, health: states };
    });
    return {
      types,
      namespaces: [{ cluster: CLUSTER, namespace: 'shop', total: this.rows.length, troubles: 3 }],
      total: this.rows.length,
      asOf: ago(this.now, 0),
    };
  }

  private find(type: string, name: string): EntityRow | undefined {
    return this.rows.find((row) => row.type === type && row.name === name);
  }

  private detail(of: (name: string) => string): EntityDetail | undefined {
    const entity = this.find(of('type'), of('name'));
    if (!entity) return undefined;
    const related = (type: string, typeText: string, rows: (EntityRow | undefined)[]) =>
      rows.flatMap((row) => (row ? [{ type, typeText, entity: headOf(row) }] : []));
    const out = related('runs-on', this.lang === 'zh' ? '运行于' : 'runs on', [
      this.find('node', entity.attributes['k8s.node.name'] ?? ''),
    ]).concat(
      related('owned-by', this.lang === 'zh' ? '属于' : 'is owned by', [
        entity.type === 'pod' ? this.find('replicaset', `${entity.application}-7f9c`) : undefined,
      ]),
    );
    const into = related('routes-to', this.lang === 'zh' ? '路由到' : 'routes to', [
      entity.type === 'pod' ? this.find('kubernetes-service', entity.application ?? '') : undefined,
    ]);
    return {
      entity,
      relations: {
        out: { items: out, total: out.length },
        in: { items: into, total: into.length },
      },
      containers: entity.type === 'pod' ? [this.container(entity)] : [],
      stretches: this.stretches(),
      asOf: ago(this.now, 0),
    };
  }

  private container(pod: EntityRow): EntityRow {
    const died = pod.health.state === 'failing';
    return this.row(
      'container',
      pod.namespace,
      'app',
      {
        'container.image.name': `registry.example/shop/${pod.application}:1.3.2`,
        'k8s.container.state': died ? 'waiting' : 'running',
        ...(died
          ? {
              'k8s.container.state.reason': 'CrashLoopBackOff',
              'k8s.container.last.reason': 'OOMKilled',
              'k8s.container.last.exitCode': '137',
              'k8s.container.last.finishedAt': ago(this.now, 4),
            }
          : { 'k8s.container.state.startedAt': ago(this.now, 60) }),
        'k8s.pod.restarts': died ? '7' : '0',
        'k8s.request.cpu': '0.25',
        'k8s.request.memory': String(GIB / 2),
        'k8s.limit.memory': String(GIB),
      },
      pod.health,
      { pod: pod.name },
    );
  }

  private map(of: (name: string) => string): NeighbourMap {
    const start = this.find(of('type'), of('name')) ?? this.rows[0];
    const application = start?.application ?? 'ledger';
    const expanded = of('expand').split(',').filter(Boolean);
    const pods = this.rows.filter((row) => row.type === 'pod' && row.application === application);
    const group = `more/in/owned-by/pod/replicaset/shop/${application}-7f9c`;
    const shown = pods.slice(0, expanded.includes(group) ? 20 : 6);
    const set = this.find('replicaset', `${application}-7f9c`);
    const deployment = this.find('deployment', application);
    const service = this.find('kubernetes-service', application);
    const hosts = [
      ...new Set(shown.slice(0, 3).map((pod) => pod.attributes['k8s.node.name'] ?? '')),
    ].map((name) => this.find('node', name));
    const rows = [deployment, set, service, ...shown, ...hosts].flatMap((row) => row ?? []);
    const hidden = pods.length - shown.length;
    const nodes: NeighbourNode[] = rows.map((row) => ({
      id: row.id,
      type: row.type,
      typeText: row.typeText,
      name: row.name,
      namespace: row.namespace,
      health: row.health,
      layer: 'container',
      entity: headOf(row),
      size: 1,
      more: { out: 0, in: row.type === 'node' && !expanded.includes(row.id) ? 99 : 0 },
    }));
    nodes.push({
      id: group,
      type: 'pod',
      typeText: this.typeText('pod'),
      name: this.lang === 'zh' ? `另有 ${hidden} 个 Pod` : `${hidden} more: pod`,
      namespace: 'shop',
      health: WELL,
      layer: 'container',
      entity: null,
      size: hidden,
      more: { out: 0, in: 0 },
    });
    const edges = shown.flatMap((pod) => [
      { from: pod.id, to: set?.id ?? '', type: 'owned-by' },
      { from: service?.id ?? '', to: pod.id, type: 'routes-to' },
      { from: pod.id, to: `node/${pod.attributes['k8s.node.name']}`, type: 'runs-on' },
    ]);
    edges.push({ from: group, to: set?.id ?? '', type: 'owned-by' });
    edges.push({ from: set?.id ?? '', to: deployment?.id ?? '', type: 'owned-by' });
    const ids = new Set(nodes.map(({ id }) => id));
    return {
      nodes,
      edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
      cut: false,
      asOf: ago(this.now, 0),
    };
  }

  private happenings(of: (name: string) => string): Happening[] {
    const zh = this.lang === 'zh';
    const ledger = this.find('deployment', 'ledger');
    const pod = this.find('pod', 'ledger-7f9c-00000');
    if (!ledger || !pod) return [];
    const all: Happening[] = [
      happening('h4', ago(this.now, 14), 'health', headOf(ledger), {
        sentence: zh
          ? 'ledger 由正常变为降级：OOMKilled'
          : 'ledger turned from healthy to degraded: OOMKilled',
        healthBefore: 'healthy',
        health: ledger.health,
        reason: 'OOMKilled',
      }),
      happening('h3', ago(this.now, 15), 'lifecycle', headOf(pod), {
        sentence: zh ? '容器因内存不足被终止' : 'a container was killed for want of memory',
        stage: 'terminated',
        stageText: zh ? '终止' : 'terminated',
        reason: 'OOMKilled',
        exitCode: 137,
      }),
      happening('h2', ago(this.now, 20), 'event', headOf(pod), {
        sentence: 'Back-off restarting failed container',
        reason: 'BackOff',
        message: 'Back-off restarting failed container',
        warning: true,
        count: 12,
        reporter: 'kubelet',
      }),
      happening('h1', ago(this.now, 22), 'change', headOf(ledger), {
        sentence: zh
          ? 'ledger 的发布：内存限制由 2Gi 改为 1Gi'
          : 'rollout of ledger: memory limit from 2Gi to 1Gi',
        kind: 'deploy',
        kindText: zh ? '发布' : 'rollout',
        summary: 'memory limit from 2Gi to 1Gi',
        diff: 'spec.template.spec.containers[app].resources.limits.memory: 2Gi -> 1Gi',
        user: 'lin@example.org',
        manager: 'kubectl-client-side-apply',
      }),
    ];
    const what = of('what').split(',').filter(Boolean);
    return all.filter((one) => what.length === 0 || what.includes(one.what));
  }

  private pools(): Pool[] {
    return ['general', 'memory'].map((name, i) => ({
      cluster: CLUSTER,
      name,
      nodes: i === 0 ? 20 : 4,
      readyNodes: i === 0 ? 20 : 3,
      pods: i === 0 ? 2000 : 400,
      capacity: { cpu: i === 0 ? 320 : 64, memory: (i === 0 ? 1280 : 512) * GIB, pods: 2640 },
      allocatable: { cpu: i === 0 ? 310 : 62, memory: (i === 0 ? 1200 : 500) * GIB, pods: 2640 },
      requests: { cpu: i === 0 ? 180 : 60, memory: (i === 0 ? 700 : 480) * GIB, pods: 0 },
      limits: { cpu: i === 0 ? 400 : 90, memory: (i === 0 ? 1400 : 700) * GIB, pods: 0 },
      unrequested: i === 0 ? 3 : 0,
      troubled: i === 0 ? 0 : 1,
    }));
  }

  private owners(by: string): Owner[] {
    return (by === 'application' ? APPLICATIONS : TEAMS).map((name) => ({
      cluster: CLUSTER,
      name,
      nodes: 24,
      pods: PODS_EACH,
      requests: { cpu: 75, memory: 150 * GIB, pods: 0 },
      limits: { cpu: 0, memory: 300 * GIB, pods: 0 },
      unrequested: 0,
      troubled: name === 'ledger' ? 1 : 0,
    }));
  }

  private placement() {
    return {
      fits: 312,
      asOf: ago(this.now, 0),
      items: [
        {
          cluster: CLUSTER,
          pool: 'general',
          fits: 312,
          nodes: 20,
          refusals: [],
          largest: { cpu: 9.5, memory: 30 * GIB, pods: 50 },
        },
        {
          cluster: CLUSTER,
          pool: 'memory',
          fits: 0,
          nodes: 0,
          refusals: [
            {
              reason: 'NotReady',
              reasonText: this.lang === 'zh' ? '节点未就绪' : 'node not ready',
              nodes: 1,
            },
            {
              reason: 'TooLittleCpu',
              reasonText: this.lang === 'zh' ? 'CPU 不足' : 'too little CPU left',
              nodes: 3,
            },
          ],
          largest: { cpu: 0.4, memory: 5 * GIB, pods: 10 },
        },
      ],
    };
  }
}

const OBJECT = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'ledger-7f9c-00000', namespace: 'shop', labels: { app: 'ledger' } },
  spec: { containers: [{ name: 'app', args: ['--port', '8080'] }] },
};

function headOf(row: EntityRow): EntityHead {
  const { id, cluster, type, typeText, kind, namespace, pod, name, health: state } = row;
  return { id, cluster, type, typeText, kind, namespace, pod, name, health: state };
}

function happening(
  id: string,
  time: string,
  what: Happening['what'],
  entity: EntityHead,
  told: Partial<Happening>,
): Happening {
  return {
    id,
    time,
    what,
    entity,
    sentence: '',
    kind: null,
    kindText: null,
    summary: null,
    diff: null,
    manager: null,
    user: null,
    author: null,
    stage: null,
    stageText: null,
    reason: null,
    message: null,
    exitCode: null,
    count: null,
    warning: null,
    reporter: null,
    healthBefore: null,
    health: null,
    ...told,
  };
}
