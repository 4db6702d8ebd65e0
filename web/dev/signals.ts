import type {
  Exemplars,
  LogHistogram,
  LogLine,
  LogPage,
  LogPattern,
  LogPatternPage,
  MetricChart,
  Severity,
  Signals,
  SpanPage,
  SpanRow,
  Trace,
  TraceSpan,
  Transaction,
  TransactionRules,
} from '../src/api/types';

/** Invented metrics, log lines and traces, for development and tests. Same moment, same answers. */

const MINUTE = 60_000;
const STEP = 15_000;
const LINES = 600;
const TRACES = 40;
const PODS = ['ledger-7f9c-00000', 'ledger-7f9c-00001', 'stock-7f9c-00000'] as const;
const METRICS = [
  {
    name: 'http.server.request.duration',
    unit: 's',
    kind: 'CUMULATIVE',
    series: 24,
    tells: 'LATENCY',
  },
  { name: 'container.cpu.time', unit: 's', kind: 'CUMULATIVE', series: 3, tells: null },
  { name: 'container.memory.usage', unit: 'By', kind: 'GAUGE', series: 3, tells: null },
] as const;

const RULES: TransactionRules = {
  rules: [
    {
      kind: 'name',
      name: '$1',
      source: 'attribute',
      field: 'transaction.code',
      pattern: '(.+)',
    },
    { kind: 'serial', name: null, source: 'body', field: null, pattern: 'serial=(\\w+)' },
  ],
  usual: true,
};
const PATTERNS = [
  ['order <*> posted', 'INFO', 4_200, 9_000],
  ['cannot post order <*>: account <*> is locked', 'ERROR', 310, 12],
  ['retry <*> of 5', 'WARN', 90, 9_000],
  ['ready', 'INFO', 3, 40],
] as const;
/** Few, so that there are two pages. */
const PATTERNS_SHOWN = 3;

const wave = (i: number, period: number) => (1 + Math.sin((2 * Math.PI * i) / period)) / 2;

function traceId(index: number): string {
  return index.toString(16).padStart(32, '0');
}

function resource(pod: string) {
  return {
    'k8s.cluster.name': 'harbour',
    'k8s.namespace.name': 'shop',
    'k8s.pod.name': pod,
    'service.name': pod.split('-')[0] ?? pod,
  };
}

/** What an invented hub holds of the last hour before a moment; it answers the paths of signals. */
export class InventedSignals {
  constructor(private readonly now: number) {}

  /** Undefined where the path is none of these. */
  answer(url: URL): unknown {
    const path = url.pathname.replace('/api/v1', '');
    const of = (name: string) => url.searchParams.get(name) ?? '';
    const trace = /^\/traces\/(.+)$/.exec(path);
    if (trace) return this.trace(trace[1] ?? '');
    switch (path) {
      case '/signals':
        return this.signals();
      case '/metrics/series':
        return this.chart(of('metric'), of('by'));
      case '/metrics/exemplars':
        return this.exemplars(of('metric'));
      case '/logs':
        return this.logs(this.lines(url), of('cursor'), Number(of('limit')));
      case '/logs/histogram':
        return this.histogram(this.lines(url));
      case '/transactions':
        return this.transaction(of('serial'));
      case '/transactions/rules':
        return RULES;
      case '/log-patterns':
        return this.patterns(of);
      case '/traces':
        return this.spans(of);
      default:
        return undefined;
    }
  }

  /** The number of the fourth order is known. */
  private transaction(serial: string): Transaction {
    const trace = serial === 'TX0003' ? this.trace(traceId(3)) : undefined;
    const logs = trace?.logs ?? [];
    return {
      serial,
      traces: trace
        ? [
            {
              traceId: trace.traceId,
              name: 'Order',
              service: 'ledger',
              operation: 'POST /orders',
              start: trace.start,
              durationMillis: trace.durationMillis,
              spans: trace.spansTotal,
              failed: 2,
              sampled: trace.sampled,
            },
          ]
        : [],
      tracesMore: 0,
      tracesNotKept: trace ? ['f'.repeat(32)] : [],
      logs,
      logsTotal: { count: logs.length, exact: true },
      from: this.time(this.now - 60 * MINUTE),
      to: this.time(this.now),
    };
  }

  private time(millis: number): string {
    return new Date(millis).toISOString();
  }

  private signals(): Signals {
    return {
      metrics: METRICS.map((metric) => ({ ...metric })),
      metricsTotal: METRICS.length,
      logs: { count: LINES, exact: true },
      spans: { count: TRACES * 3, exact: true },
      from: this.time(this.now - 60 * MINUTE),
      to: this.time(this.now),
    };
  }

  private chart(metric: string, by: string): MetricChart {
    const known = METRICS.find(({ name }) => name === metric);
    const times = 240;
    const lines = (known ? (by === '-' ? ['all'] : PODS) : []).map((pod, place) => ({
      metric,
      attributes: by === '-' ? ({} as Record<string, string>) : { 'k8s.pod.name': pod },
      values: Array.from({ length: times }, (_, i) =>
        // a gap, as where a pod was away
        place === 1 && i > 80 && i < 95
          ? null
          : (known?.unit === 'By' ? 2 ** 28 : 0.4) * (1 + wave(i + 20 * place, 90) / (place + 1)),
      ),
    }));
    return {
      metric,
      unit: known?.kind === 'CUMULATIVE' ? `${known.unit}/s` : (known?.unit ?? ''),
      view: known?.kind === 'CUMULATIVE' ? 'rate' : 'level',
      views: known?.kind === 'CUMULATIVE' ? ['rate'] : ['level'],
      from: this.time(this.now - times * STEP),
      stepSeconds: STEP / 1000,
      times,
      shared: { 'k8s.namespace.name': 'shop' },
      spread: [{ attribute: 'k8s.pod.name', values: PODS.length }],
      lines,
      more: by === '-' || !known ? 0 : 2,
      series: PODS.length,
    };
  }

  /** Each fourth trace has one, of requests. */
  private exemplars(metric: string): Exemplars {
    const count = metric === METRICS[0].name ? TRACES / 4 : 0;
    return {
      items: Array.from({ length: count }, (_, i) => ({
        time: this.time(this.now - (i + 1) * 5 * MINUTE),
        value: 0.3 * (i + 1),
        traceId: traceId(4 * i),
        spanId: i === 0 ? '' : `${traceId(4 * i).slice(-15)}a`,
        labels: {},
        attributes: resource(PODS[0]),
      })),
      more: count > 0,
    };
  }

  /** Line i was written i times six seconds ago. */
  line(i: number): LogLine {
    const pod = PODS[i % PODS.length] ?? PODS[0];
    const severity: Severity = i % 40 === 3 ? 'ERROR' : i % 15 === 4 ? 'WARN' : 'INFO';
    const millis = this.now - i * 6_000;
    return {
      time: this.time(millis),
      epochNanos: `${millis}000000`,
      severity,
      body:
        severity === 'ERROR'
          ? `cannot book order ${i}: stock did not answer within 2 s`
          : severity === 'WARN'
            ? `order ${i} waits for stock`
            : `booked order ${i}`,
      traceId: i % 40 === 3 ? traceId(i % TRACES) : '',
      spanId: '',
      resource: resource(pod),
      attributes: { 'order.id': String(i) },
    };
  }

  private lines(url: URL): LogLine[] {
    const words = (url.searchParams.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const severities = (url.searchParams.get('severity') ?? '').split(',').filter(Boolean);
    const trace = url.searchParams.get('trace') ?? '';
    const name = url.searchParams.get('name') ?? '';
    return Array.from({ length: LINES }, (_, i) => this.line(i)).filter(
      (line) =>
        words.every((word) => line.body.toLowerCase().includes(word)) &&
        (severities.length === 0 || severities.includes(line.severity.toLowerCase())) &&
        (trace === '' || line.traceId === trace) &&
        (name === '' || line.resource['k8s.pod.name']?.startsWith(name)),
    );
  }

  private patterns(of: (name: string) => string): LogPatternPage {
    const all = PATTERNS.map(([text, severity, lines, minutesKnown], i): LogPattern => {
      const pod = PODS[i % PODS.length] ?? '';
      const workload = pod.split('-')[0] ?? '';
      const firstSeen = this.time(this.now - minutesKnown * MINUTE);
      const trend = Array.from({ length: 60 }, (_, at) =>
        60 - at > minutesKnown ? 0 : Math.round((lines / 60) * 2 * wave(at + i, 7 + i)),
      );
      return {
        id: i.toString(16).padStart(16, '0'),
        text,
        severity,
        source: {
          'k8s.cluster.name': 'harbour',
          'k8s.namespace.name': 'shop',
          'k8s.deployment.name': workload,
          'k8s.container.name': 'app',
        },
        firstSeen,
        lastSeen: this.time(this.now),
        lines,
        counts: { [severity]: lines },
        trend,
        search: `"${text.split(' <*>')[0]}"`,
        samples: [
          {
            time: firstSeen,
            severity,
            body: text.replaceAll('<*>', '17'),
            resource: resource(pod),
          },
        ],
      };
    }).filter(
      ({ severity, firstSeen }) =>
        (of('severity') === '' || of('severity').split(',').includes(severity.toLowerCase())) &&
        (of('newSince') === '' || firstSeen >= of('newSince')),
    );
    const from = Number(of('cursor'));
    const items = all.slice(from, from + PATTERNS_SHOWN);
    return {
      items,
      next: from + PATTERNS_SHOWN < all.length ? String(from + PATTERNS_SHOWN) : null,
      total: all.length,
      lines: all.reduce((sum, { lines }) => sum + lines, 0),
      from: this.time(this.now - 60 * MINUTE),
      to: this.time(this.now),
      stepSeconds: 60,
      learning: { patterns: 4, withoutRoom: 12, uncounted: 0 },
    };
  }

  private logs(lines: LogLine[], cursor: string, limit: number): LogPage {
    const from = Number(cursor) || 0;
    const to = from + (limit || 100);
    return {
      items: lines.slice(from, to),
      next: to < lines.length ? String(to) : null,
      total: lines.length,
      exact: true,
    };
  }

  private histogram(lines: LogLine[]): LogHistogram {
    const buckets = new Map<number, Partial<Record<Severity, number>>>();
    for (const line of lines) {
      const start = Math.floor(Date.parse(line.time) / MINUTE) * MINUTE;
      const counts = buckets.get(start) ?? {};
      counts[line.severity] = (counts[line.severity] ?? 0) + 1;
      buckets.set(start, counts);
    }
    return {
      from: this.time(this.now - 60 * MINUTE),
      to: this.time(this.now),
      stepSeconds: 60,
      buckets: [...buckets].map(([start, counts]) => ({
        start: this.time(start),
        counts: counts as Record<Severity, number>,
      })),
      total: lines.length,
    };
  }

  private spans(of: (name: string) => string): SpanPage {
    const items: SpanRow[] = [];
    for (let i = 0; i < TRACES; i++) {
      const trace = this.trace(traceId(i));
      for (const span of trace?.spans ?? []) {
        const wanted =
          (of('spans') === 'any' || span.parentSpanId === '') &&
          (of('service') === '' || span.service === of('service')) &&
          (of('failed') !== 'true' || span.failed) &&
          span.durationMillis >= Number(of('atLeast'));
        if (wanted) {
          const { spanId, parentSpanId, service, name, kind, durationMillis, failed } = span;
          const start = this.time(Date.parse(trace?.start ?? '') + span.offsetMillis);
          items.push({
            traceId: traceId(i),
            spanId,
            parentSpanId,
            service,
            name,
            kind,
            start,
            durationMillis,
            failed,
            sampled: trace?.sampled ?? null,
          });
        }
      }
    }
    return { items, next: null, total: items.length, exact: true };
  }

  /** An order is booked: stock is asked, then the ledger written; every seventh time stock fails. */
  private trace(id: string): Trace | undefined {
    const index = Number.parseInt(id, 16);
    if (!(index >= 0 && index < TRACES)) return undefined;
    const failed = index % 7 === 3;
    const asked = failed ? 2_000 : 20 + index;
    const span = (
      spanId: string,
      parentSpanId: string,
      pod: string,
      name: string,
      offsetMillis: number,
      durationMillis: number,
      ownMillis: number,
    ): TraceSpan => ({
      spanId,
      parentSpanId,
      service: pod.split('-')[0] ?? pod,
      name,
      kind: parentSpanId === '' ? 'SERVER' : 'CLIENT',
      offsetMillis,
      durationMillis,
      ownMillis,
      failed,
      resource: resource(pod),
      attributes: { 'order.id': String(index) },
    });
    const logs = Array.from({ length: LINES }, (_, i) => this.line(i)).filter(
      (line) => line.traceId === id,
    );
    return {
      traceId: id,
      start: this.time(this.now - index * MINUTE),
      durationMillis: asked + 30,
      spans: [
        span('a', '', PODS[0], 'POST /orders', 0, asked + 30, 10),
        span('b', 'a', PODS[2], 'GET /stock', 5, asked, asked),
        ...(failed ? [] : [span('c', 'a', PODS[0], 'INSERT entry', asked + 8, 20, 20)]),
      ],
      spansTotal: failed ? 2 : 3,
      logs: logs.toReversed(),
      logsTotal: { count: logs.length, exact: true },
      sampled: failed
        ? { reason: 'failed', weight: 1 }
        : index % 7 === 4
          ? { reason: 'sampled', weight: 5.4 }
          : null,
    };
  }
}
