import { describe, expect, it } from 'vitest';
import type { LogLine, TraceSpan } from '../src/api/types';
import { namesOf } from '../src/pages/signals/ExplorePage';
import { columnsOf } from '../src/pages/signals/LogHistogram';
import { walk } from '../src/pages/signals/spanTree';
import { attributesText } from '../src/pages/signals/subject';
import { joined, withNews } from '../src/pages/signals/tail';

function span(spanId: string, parentSpanId: string, offsetMillis = 0): TraceSpan {
  return {
    spanId,
    parentSpanId,
    service: 's',
    name: spanId,
    kind: 'SERVER',
    offsetMillis,
    durationMillis: 1,
    ownMillis: 1,
    failed: false,
    resource: {},
    attributes: {},
  };
}

const shown = (spans: TraceSpan[], closed: string[] = []) =>
  walk(spans, new Set(closed)).map(({ span: { spanId }, depth }) => `${depth}${spanId}`);

describe('walk', () => {
  it('visitsChildrenBelowTheirParentInTheOrderOfTheirStart', () => {
    const spans = [span('a', ''), span('b', 'a'), span('c', 'b'), span('d', 'a')];
    expect(shown(spans)).toEqual(['0a', '1b', '2c', '1d']);
    expect(shown(spans, ['b'])).toEqual(['0a', '1b', '1d']);
  });

  it('showsEverySpanOnceWhateverItsParent', () => {
    const spans = [span('lost', 'gone'), span('x', 'y'), span('y', 'x'), span('own', 'own')];
    expect(shown(spans)).toEqual(['0lost', '0own', '0x', '1y']);
  });
});

function line(nanos: string, body: string): LogLine {
  return {
    time: '2026-11-25T10:00:00Z',
    epochNanos: nanos,
    severity: 'INFO',
    body,
    traceId: '',
    spanId: '',
    resource: {},
    attributes: {},
  };
}

describe('withNews', () => {
  it('leavesOutWhatAStreamRepeatsButNotLinesThatAreAlike', () => {
    const nothing = { lines: [], skipped: 0, state: 'connecting' as const };
    const once = withNews(nothing, { items: [line('1', 'a'), line('1', 'a')], skipped: 2 });
    expect(once.lines.length).toBe(2);
    const again = withNews(once, { items: [line('1', 'a'), line('2', 'b')], skipped: 3 });
    expect(again.lines.map(({ body }) => body)).toEqual(['b', 'a', 'a']);
    expect(again.skipped).toBe(5);
  });

  it('keepsSoManyAtMost', () => {
    const items = Array.from({ length: 2_500 }, (_, i) => line(String(i), 'x'));
    const all = withNews({ lines: [], skipped: 0, state: 'following' }, { items, skipped: 0 });
    expect(all.lines.length).toBe(2_000);
    expect(all.lines[0]?.epochNanos).toBe('2499');
  });
});

describe('joined', () => {
  it('showsOnceWhatWasFollowedAndFound', () => {
    const found = [line('2', 'b'), line('1', 'a')];
    expect(joined([line('3', 'c'), line('2', 'b')], found).map(({ body }) => body)).toEqual([
      'c',
      'b',
      'a',
    ]);
  });
});

describe('columnsOf', () => {
  it('hasAColumnForEachStepAlsoForThoseWithoutLines', () => {
    const columns = columnsOf({
      from: '2026-11-25T10:00:00Z',
      to: '2026-11-25T10:03:00Z',
      stepSeconds: 60,
      buckets: [{ start: '2026-11-25T10:02:00Z', counts: { INFO: 2, ERROR: 1 } as never }],
      total: 3,
    });
    expect(columns.map(({ total }) => total)).toEqual([0, 0, 3]);
  });
});

describe('namesOf', () => {
  it('joinsTheKindsOfAMetricAndSearchesByAllWords', () => {
    const metrics = [
      {
        name: 'http.server.request.duration',
        unit: 's',
        kind: 'GAUGE',
        series: 2,
        tells: 'LATENCY',
      } as const,
      {
        name: 'http.server.request.duration',
        unit: '1',
        kind: 'CUMULATIVE',
        series: 3,
        tells: 'LATENCY',
      } as const,
      { name: 'process.cpu', unit: 's', kind: 'GAUGE', series: 1, tells: null } as const,
    ];
    expect(namesOf(metrics, 'HTTP dur')).toEqual([
      { name: 'http.server.request.duration', series: 5, tells: 'LATENCY' },
    ]);
  });
});

describe('attributesText', () => {
  it('keepsOnlyWhatNamesAnAttribute', () => {
    expect(attributesText([' a=1 ', 'b!=2', 'nothing', '=x'])).toBe('a=1\nb!=2');
    expect(attributesText([])).toBeNull();
  });
});
