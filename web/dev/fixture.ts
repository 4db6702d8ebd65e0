import type {
  Attributes,
  Cause,
  Chart,
  Evidence,
  Incident,
  IncidentSummary,
  Language,
  MapEdge,
  MapNode,
  Role,
  Symptom,
  TimelineEntry,
} from '../src/api/types';

/** Invented incidents of an invented bank, for development and tests. Same seed, same numbers. */

const ONSET = Date.parse('2026-03-14T19:07:30.000Z');
const FROM = ONSET - 22 * 60_000;
const TO = ONSET + 14 * 60_000;
const STEP = 15_000;
const NAMESPACE = 'payments';

export const MAIN = 'inc-7f3a91c2';
export const WEAK = 'inc-02be77d0';
export const LARGE = 'inc-c1d200aa';

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const iso = (time: number) => new Date(time).toISOString();
const service = (name: string): Attributes => ({ 'service.name': name });
const pod = (name: string): Attributes => ({
  'k8s.namespace.name': NAMESPACE,
  'k8s.pod.name': name,
});
const node = (name: string): Attributes => ({ 'k8s.node.name': name });
const deployment = (name: string): Attributes => ({
  'k8s.deployment.name': name,
  'k8s.namespace.name': NAMESPACE,
});

const LEDGER_POD = 'ledger-core-7c9d5b6f4-x2k4f';
const FRAUD_POD = 'fraud-lens-5d8c4-q7m2p';

interface Level {
  before: number;
  after: number;
  noise: number;
  ramp?: number;
  gap?: [number, number];
}

function points(seed: number, level: Level): [number, number | null][] {
  const next = random(seed);
  const series: [number, number | null][] = [];
  for (let time = FROM; time <= TO; time += STEP) {
    const noise = (next() + next() + next() - 1.5) * level.noise;
    const sinceOnset = (time - ONSET) / 60_000;
    const share = sinceOnset < 0 ? 0 : Math.min(1, sinceOnset / (level.ramp ?? 1.5));
    const base = level.before + (level.after - level.before) * share;
    const minute = (time - FROM) / 60_000;
    const missing = level.gap && minute >= level.gap[0] && minute < level.gap[1];
    series.push([time, missing ? null : Math.max(0, base * (1 + noise))]);
  }
  return series;
}

function chart(
  id: string,
  entity: Attributes,
  name: string,
  signal: string,
  unit: string,
  seed: number,
  level: Level,
): Chart {
  return {
    id,
    entity,
    name,
    signal,
    unit,
    onset: iso(ONSET),
    points: points(seed, level),
    before: {
      median: level.before,
      low: level.before * (1 - 1.2 * level.noise),
      high: level.before * (1 + 1.2 * level.noise),
    },
  };
}

function words(lang: Language) {
  return (en: string, zh: string) => (lang === 'zh' ? zh : en);
}

function charts(): Chart[] {
  const cpu = 'container.cpu.usage';
  const duration = 'http.server.request.duration';
  return [
    chart('c1', pod(LEDGER_POD), LEDGER_POD, cpu, '{cpu}', 11, {
      before: 0.42,
      after: 1.97,
      noise: 0.18,
      ramp: 0.5,
    }),
    chart('c2', pod(LEDGER_POD), LEDGER_POD, 'container.cpu.throttled', '1', 12, {
      before: 0.01,
      after: 0.71,
      noise: 0.3,
      ramp: 0.8,
    }),
    chart('c3', service('ledger-core'), 'ledger-core', duration, 's', 13, {
      before: 0.048,
      after: 0.69,
      noise: 0.22,
      gap: [9, 11],
    }),
    chart('c4', service('teller-gateway'), 'teller-gateway', duration, 's', 14, {
      before: 0.12,
      after: 0.84,
      noise: 0.16,
    }),
    chart('c5', service('transfer-desk'), 'transfer-desk', 'http.server.error.share', '%', 15, {
      before: 0.2,
      after: 7.4,
      noise: 0.5,
      ramp: 4,
    }),
    chart('c6', pod(FRAUD_POD), FRAUD_POD, 'container.memory.working_set', 'By', 16, {
      before: 310 * 2 ** 20,
      after: 472 * 2 ** 20,
      noise: 0.03,
      ramp: 13,
    }),
  ];
}

function symptoms(lang: Language): Symptom[] {
  const t = words(lang);
  return [
    {
      entity: service('teller-gateway'),
      type: 'service',
      name: 'teller-gateway',
      layer: 'business',
      code: 'LevelShift',
      signalType: 'latency',
      signal: 'http.server.request.duration',
      unit: 's',
      sentence: t(
        'Requests to teller-gateway take 840 ms instead of 120 ms (9.1 deviations).',
        'teller-gateway 的请求耗时由 120 ms 升至 840 ms（9.1 倍偏差）。',
      ),
      severity: 12.3,
      since: iso(ONSET + 45_000),
      values: { before: 0.12, after: 0.84, deviations: 9.1 },
      chart: 'c4',
    },
    {
      entity: service('transfer-desk'),
      type: 'service',
      name: 'transfer-desk',
      layer: 'business',
      code: 'FailureShareRose',
      signalType: 'errors',
      signal: 'errors',
      sentence: t(
        '7.4% of POST /transfers fail, against 0.2% before.',
        'POST /transfers 的失败率由 0.2% 升至 7.4%。',
      ),
      severity: 8.8,
      since: iso(ONSET + 90_000),
      values: { beforeShare: 0.002, afterShare: 0.074, spans: 1840, deviations: 8.8 },
      chart: 'c5',
    },
    {
      entity: service('transfer-desk'),
      type: 'service',
      name: 'transfer-desk',
      layer: 'business',
      code: 'LogPatternChanged',
      signalType: 'log-pattern',
      signal: 'log-pattern',
      sentence: t(
        'transfer-desk logs “timeout after <*> ms calling ledger-core” 212 times a minute; before, never.',
        'transfer-desk 每分钟出现 212 条“timeout after <*> ms calling ledger-core”，此前从未出现。',
      ),
      severity: 7.1,
      since: iso(ONSET + 60_000),
      values: { beforePerMinute: 0, afterPerMinute: 212, deviations: 7.1 },
    },
  ];
}

function evidence(lang: Language): Record<string, Evidence> {
  const t = words(lang);
  const at = (
    entity: Attributes,
    type: string,
    name: string,
    code: string,
    signal: string,
    sentence: string,
    weight: number,
    values: Record<string, number>,
    chartId?: string,
    offset = 0,
  ): Evidence => ({
    entity,
    type,
    name,
    code,
    signal,
    signalType: 'other',
    sentence,
    since: iso(ONSET + offset),
    weight,
    values,
    ...(chartId ? { chart: chartId } : {}),
  });
  return {
    cpu: at(
      pod(LEDGER_POD),
      'pod',
      LEDGER_POD,
      'LevelShift',
      'container.cpu.usage',
      t(
        'CPU use of the pod rose from 0.42 to 1.97 cores, just below its limit of 2 (24 deviations).',
        '该 Pod 的 CPU 用量由 0.42 核升至 1.97 核，接近上限 2 核（24 倍偏差）。',
      ),
      0.46,
      { before: 0.42, after: 1.97, deviations: 24 },
      'c1',
    ),
    throttled: at(
      pod(LEDGER_POD),
      'pod',
      LEDGER_POD,
      'LevelShift',
      'container.cpu.throttled',
      t(
        'It was throttled in 71% of the scheduling periods, against 1% before.',
        '其调度周期中被限流的比例由 1% 升至 71%。',
      ),
      0.24,
      { before: 0.01, after: 0.71, deviations: 19 },
      'c2',
      15_000,
    ),
    ownTime: at(
      service('ledger-core'),
      'service',
      'ledger-core',
      'OwnTimeGrew',
      'latency',
      t(
        'PostEntry spends 655 ms in ledger-core itself instead of 41 ms; its own calls are as fast as ever.',
        'PostEntry 在 ledger-core 自身的耗时由 41 ms 升至 655 ms，其下游调用并未变慢。',
      ),
      0.2,
      { beforeSeconds: 0.041, afterSeconds: 0.655, spans: 912, deviations: 15 },
      'c3',
      15_000,
    ),
    change: at(
      deployment('ledger-core'),
      'deployment',
      'ledger-core',
      'ChangedBefore',
      'change',
      t(
        'Four minutes before, deployment ledger-core was rolled out: “4.18.0: recompute daily balance on read”.',
        '4 分钟前 ledger-core 发布了新版本：“4.18.0: recompute daily balance on read”。',
      ),
      0.1,
      { leadSeconds: 240 },
      undefined,
      -240_000,
    ),
    memory: at(
      pod(FRAUD_POD),
      'pod',
      FRAUD_POD,
      'LevelShift',
      'container.memory.working_set',
      t(
        'Memory of the pod grew from 310 MiB to 472 MiB.',
        '该 Pod 的内存由 310 MiB 增至 472 MiB。',
      ),
      0.7,
      { before: 310 * 2 ** 20, after: 472 * 2 ** 20, deviations: 6.2 },
      'c6',
    ),
    nodeCpu: at(
      node('worker-b-03'),
      'node',
      'worker-b-03',
      'LevelShift',
      'system.cpu.utilization',
      t(
        'CPU use of node worker-b-03 rose from 38% to 57%.',
        '节点 worker-b-03 的 CPU 使用率由 38% 升至 57%。',
      ),
      0.8,
      { before: 0.38, after: 0.57, deviations: 4.4 },
    ),
  };
}

function step(type: string, name: string, entity: Attributes) {
  return { type, name, entity };
}

function causes(lang: Language): Cause[] {
  const t = words(lang);
  const e = evidence(lang) as Record<string, Evidence> & Record<'cpu', Evidence>;
  const pick = (...keys: string[]) => keys.flatMap((key) => e[key] ?? []);
  return [
    {
      rank: 1,
      entity: { ...pod(LEDGER_POD), 'service.name': 'ledger-core', 'k8s.node.name': 'worker-b-03' },
      type: 'pod',
      name: LEDGER_POD,
      layer: 'container',
      kind: 'container.cpu',
      kindText: t('CPU saturation', 'CPU 饱和'),
      confidence: 0.83,
      evidence: pick('cpu', 'throttled', 'ownTime', 'change'),
      path: [
        step('pod', LEDGER_POD, pod(LEDGER_POD)),
        step('service', 'ledger-core', service('ledger-core')),
        step('service', 'transfer-desk', service('transfer-desk')),
        step('service', 'teller-gateway', service('teller-gateway')),
      ],
    },
    {
      rank: 2,
      entity: node('worker-b-03'),
      type: 'node',
      name: 'worker-b-03',
      layer: 'node',
      kind: 'node.cpu',
      kindText: t('Node CPU pressure', '节点 CPU 压力'),
      confidence: 0.22,
      evidence: pick('nodeCpu'),
      path: [
        step('node', 'worker-b-03', node('worker-b-03')),
        step('pod', LEDGER_POD, pod(LEDGER_POD)),
        step('service', 'ledger-core', service('ledger-core')),
        step('service', 'transfer-desk', service('transfer-desk')),
        step('service', 'teller-gateway', service('teller-gateway')),
      ],
    },
    {
      rank: 3,
      entity: pod(FRAUD_POD),
      type: 'pod',
      name: FRAUD_POD,
      layer: 'container',
      kind: 'container.memory',
      kindText: t('Memory pressure', '内存压力'),
      confidence: 0.09,
      evidence: pick('memory'),
      path: [
        step('pod', FRAUD_POD, pod(FRAUD_POD)),
        step('service', 'fraud-lens', service('fraud-lens')),
        step('service', 'teller-gateway', service('teller-gateway')),
      ],
    },
  ];
}

function mapNode(type: string, name: string, layer: string, role: Role, severity = 0): MapNode {
  const entity =
    type === 'pod'
      ? pod(name)
      : type === 'node'
        ? node(name)
        : type === 'service'
          ? service(name)
          : deployment(name);
  return { id: `${type}/${name}`, type, name, layer, role, severity, entity };
}

function callMap(extra: number) {
  const nodes: MapNode[] = [
    mapNode('service', 'teller-gateway', 'business', 'symptom', 12.3),
    mapNode('service', 'transfer-desk', 'business', 'symptom', 8.8),
    mapNode('service', 'ledger-core', 'business', 'on-path', 15),
    mapNode('pod', LEDGER_POD, 'container', 'cause', 24),
    mapNode('node', 'worker-b-03', 'node', 'on-path', 4.4),
    mapNode('service', 'fraud-lens', 'business', 'affected', 2.1),
    mapNode('pod', FRAUD_POD, 'container', 'affected', 6.2),
    mapNode('service', 'rate-quote', 'business', 'neighbour'),
    mapNode('service', 'session-keeper', 'business', 'neighbour'),
    mapNode('service', 'notice-post', 'business', 'neighbour'),
    mapNode('service', 'card-vault', 'business', 'neighbour'),
    mapNode('service', 'ledger-store', 'business', 'neighbour'),
    mapNode('service', 'audit-sink', 'business', 'neighbour'),
    mapNode('service', 'limit-book', 'business', 'neighbour'),
    mapNode('service', 'branch-kiosk', 'business', 'affected', 3.4),
    mapNode('pod', 'rate-quote-6b7-aa11', 'container', 'neighbour'),
  ];
  const calls = (from: string, to: string): MapEdge => ({
    from: `service/${from}`,
    to: `service/${to}`,
    type: 'calls',
  });
  const edges: MapEdge[] = [
    calls('teller-gateway', 'transfer-desk'),
    calls('branch-kiosk', 'transfer-desk'),
    calls('teller-gateway', 'session-keeper'),
    calls('teller-gateway', 'fraud-lens'),
    calls('teller-gateway', 'rate-quote'),
    calls('transfer-desk', 'ledger-core'),
    calls('transfer-desk', 'limit-book'),
    calls('transfer-desk', 'notice-post'),
    calls('ledger-core', 'ledger-store'),
    calls('ledger-core', 'audit-sink'),
    calls('fraud-lens', 'card-vault'),
    { from: 'service/ledger-core', to: `pod/${LEDGER_POD}`, type: 'runs-on' },
    { from: `pod/${LEDGER_POD}`, to: 'node/worker-b-03', type: 'runs-on' },
    { from: 'service/fraud-lens', to: `pod/${FRAUD_POD}`, type: 'runs-on' },
    { from: 'service/rate-quote', to: 'pod/rate-quote-6b7-aa11', type: 'runs-on' },
  ];
  const next = random(99);
  for (let i = 0; i < extra; i++) {
    const name = `desk-${String(i).padStart(3, '0')}`;
    const hurt = i % 9 === 0;
    nodes.push(mapNode('service', name, 'business', hurt ? 'affected' : 'neighbour', hurt ? 2 : 0));
    const peers = nodes.filter((peer) => peer.type === 'service' && peer.name !== name);
    const peer = peers[Math.floor(next() * Math.min(peers.length, 12 + i / 3))];
    if (peer) edges.push({ from: peer.id, to: `service/${name}`, type: 'calls' });
  }
  return { nodes, edges };
}

function timeline(lang: Language, repeats: number): TimelineEntry[] {
  const t = words(lang);
  const rows: [number, string, string, Attributes, string, string, string][] = [
    [
      -240,
      'deployment',
      'ledger-core',
      deployment('ledger-core'),
      'ChangedBefore',
      'change',
      t(
        'Rolled out: “4.18.0: recompute daily balance on read”.',
        '发布：“4.18.0: recompute daily balance on read”。',
      ),
    ],
    [
      -225,
      'pod',
      LEDGER_POD,
      pod(LEDGER_POD),
      'ObjectState',
      'object-state',
      t('Pod became Ready.', 'Pod 就绪。'),
    ],
    [
      0,
      'pod',
      LEDGER_POD,
      pod(LEDGER_POD),
      'LevelShift',
      'container.cpu.usage',
      t('CPU use rises from 0.42 to 1.97 cores.', 'CPU 用量由 0.42 核升至 1.97 核。'),
    ],
    [
      15,
      'pod',
      LEDGER_POD,
      pod(LEDGER_POD),
      'LevelShift',
      'container.cpu.throttled',
      t('Throttled share rises from 1% to 71%.', '限流比例由 1% 升至 71%。'),
    ],
    [
      15,
      'service',
      'ledger-core',
      service('ledger-core'),
      'OwnTimeGrew',
      'latency',
      t(
        'PostEntry: own time grows from 41 ms to 655 ms.',
        'PostEntry 自身耗时由 41 ms 升至 655 ms。',
      ),
    ],
    [
      30,
      'node',
      'worker-b-03',
      node('worker-b-03'),
      'LevelShift',
      'system.cpu.utilization',
      t('CPU use rises from 38% to 57%.', 'CPU 使用率由 38% 升至 57%。'),
    ],
    [
      45,
      'service',
      'teller-gateway',
      service('teller-gateway'),
      'LevelShift',
      'http.server.request.duration',
      t('Requests take 840 ms instead of 120 ms.', '请求耗时由 120 ms 升至 840 ms。'),
    ],
    [
      60,
      'service',
      'transfer-desk',
      service('transfer-desk'),
      'LogPatternChanged',
      'log-pattern',
      t(
        'New log lines: “timeout after <*> ms calling ledger-core”, 212 a minute.',
        '新日志：“timeout after <*> ms calling ledger-core”，每分钟 212 条。',
      ),
    ],
    [
      90,
      'service',
      'transfer-desk',
      service('transfer-desk'),
      'FailureShareRose',
      'errors',
      t('7.4% of POST /transfers fail.', 'POST /transfers 的失败率升至 7.4%。'),
    ],
    [
      210,
      'pod',
      FRAUD_POD,
      pod(FRAUD_POD),
      'LevelShift',
      'container.memory.working_set',
      t('Memory grows from 310 MiB to 472 MiB.', '内存由 310 MiB 增至 472 MiB。'),
    ],
    [
      300,
      'service',
      'branch-kiosk',
      service('branch-kiosk'),
      'LevelShift',
      'http.server.request.duration',
      t('Requests take 1.1 s instead of 190 ms.', '请求耗时由 190 ms 升至 1.1 s。'),
    ],
  ];
  const entries = rows.map(([offset, type, name, entity, code, signal, sentence]) => ({
    time: iso(ONSET + offset * 1000),
    entity,
    type,
    name,
    code,
    signal,
    sentence,
  }));
  for (let i = 0; i < repeats; i++) {
    entries.push({
      time: iso(ONSET + 310_000 + i * 1000),
      entity: service(`desk-${String(i % 40).padStart(3, '0')}`),
      type: 'service',
      name: `desk-${String(i % 40).padStart(3, '0')}`,
      code: 'LevelShift',
      signal: 'latency',
      sentence: t(
        `Requests take ${200 + i} ms instead of 90 ms.`,
        `请求耗时由 90 ms 升至 ${200 + i} ms。`,
      ),
    });
  }
  return entries;
}

export function incident(id: string, lang: Language): Incident | undefined {
  const t = words(lang);
  const whole: Incident = {
    id,
    onset: iso(ONSET),
    title: t(
      'teller-gateway is slow: CPU saturation of pod ledger-core-7c9d5b6f4-x2k4f',
      'teller-gateway 响应变慢：Pod ledger-core-7c9d5b6f4-x2k4f CPU 饱和',
    ),
    bundle: 'night-transfers',
    bundleDigest: 'a'.repeat(64),
    window: { from: iso(FROM), to: iso(TO) },
    importedAt: iso(TO + 180_000),
    status: 'RECORDED',
    live: null,
    symptoms: symptoms(lang),
    causes: causes(lang),
    ruledOut: [
      {
        entity: service('transfer-desk'),
        type: 'service',
        name: 'transfer-desk',
        reason: 'EXPLAINED_BY_DEPENDENCY',
        sentence: t(
          'transfer-desk is slow only while it waits for ledger-core; its own time did not move.',
          'transfer-desk 仅在等待 ledger-core 时变慢，自身耗时未变。',
        ),
      },
      {
        entity: deployment('rate-quote'),
        type: 'deployment',
        name: 'rate-quote',
        reason: 'CHANGE_WITHOUT_EFFECT',
        sentence: t(
          'rate-quote was deployed 11 minutes before; nothing near it moved.',
          'rate-quote 在 11 分钟前发布，其周边没有任何变化。',
        ),
      },
      {
        entity: service('branch-kiosk'),
        type: 'service',
        name: 'branch-kiosk',
        reason: 'STARTED_AFTER_SYMPTOM',
        sentence: t(
          'branch-kiosk became slow five minutes after users were hurt.',
          'branch-kiosk 在用户受影响 5 分钟后才变慢。',
        ),
      },
    ],
    insufficientEvidence: null,
    timeline: timeline(lang, 0),
    map: callMap(0),
    charts: charts(),
  };
  switch (id) {
    case MAIN:
      return whole;
    case LARGE:
      return {
        ...whole,
        map: callMap(200),
        timeline: timeline(lang, 3000),
        bundle: 'large-estate',
      };
    case WEAK:
      return {
        ...whole,
        bundle: 'short-window',
        title: t('transfer-desk fails: cause not certain', 'transfer-desk 出错：原因不确定'),
        causes: whole.causes.slice(2).map((cause) => ({ ...cause, rank: 1, confidence: 0.31 })),
        insufficientEvidence: {
          missing: ['TRACES', 'HISTORY_BEFORE_ONSET'],
          sentence: t(
            'Without traces it cannot be told whether transfer-desk waits or works, and two minutes before the onset are too few to know what is normal.',
            '没有调用链，无法判断 transfer-desk 是在等待还是在处理；开始前仅有两分钟数据，不足以判断正常水平。',
          ),
        },
        ruledOut: [],
        map: { nodes: whole.map.nodes.slice(1, 4), edges: whole.map.edges.slice(5, 6) },
        timeline: whole.timeline.slice(6),
        charts: whole.charts.slice(4),
      };
    default:
      return undefined;
  }
}

export function summaries(lang: Language): IncidentSummary[] {
  const full = [MAIN, WEAK, LARGE].flatMap((id) => incident(id, lang) ?? []);
  return full.map((one, i) => {
    const top = one.causes[0];
    return {
      id: one.id,
      bundle: one.bundle,
      onset: iso(ONSET - i * 86_400_000),
      title: one.title,
      topCause: top
        ? {
            name: top.name,
            type: top.type,
            kind: top.kind,
            kindText: top.kindText,
            confidence: top.confidence,
          }
        : null,
      symptoms: one.symptoms.length,
      importedAt: one.importedAt,
      insufficient: one.insufficientEvidence !== null,
      status: one.status,
      live: one.live,
    };
  });
}
