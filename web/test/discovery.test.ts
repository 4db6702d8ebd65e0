import { describe, expect, it } from 'vitest';
import { InventedCluster } from '../dev/cluster';
import { partsOf } from '../src/components/Happenings';
import { pathOf } from '../src/discovery/address';
import { factsOf, formatFact, groupOf } from '../src/discovery/facts';
import { gapsOf, isHeard, momentOf, spanFor } from '../src/discovery/moments';
import { formatAge, fromLocalInput, toLocalInput } from '../src/format/time';
import { toYaml } from '../src/pages/entity/yaml';
import { toCsv } from '../src/pages/inventory/csv';
import { canExpand, downward } from '../src/pages/map/mapShape';
import { addressOf } from '../src/pages/timeline/near';

const NOW = Date.parse('2026-03-14T12:00:00Z');
const HOUR = 3_600_000;
const iso = (hoursAgo: number) => new Date(NOW - hoursAgo * HOUR).toISOString();
const cluster = new InventedCluster(NOW, 'en');

describe('moments', () => {
  it('whatWasNotHeardIsAGapAlsoAtBothEnds', () => {
    const stretches = [
      { from: iso(9), to: iso(8) },
      { from: iso(6), to: iso(4) },
    ];
    expect(gapsOf(stretches, NOW - 10 * HOUR, NOW)).toEqual([
      { from: 0, to: 0.1 },
      { from: 0.2, to: 0.4 },
      { from: 0.6, to: 1 },
    ]);
  });

  it('theGrowingEndOfTheLastStretchIsNoGap', () => {
    expect(gapsOf([{ from: iso(20), to: iso(0.01) }], NOW - 10 * HOUR, NOW)).toEqual([]);
  });

  it('anHourWithoutAnyStretchIsOneGap', () => {
    expect(gapsOf([], NOW - HOUR, NOW)).toEqual([{ from: 0, to: 1 }]);
  });

  it('overlappingStretchesLeaveNoGapBetweenThem', () => {
    const stretches = [
      { from: iso(10), to: iso(2) },
      { from: iso(8), to: iso(7) },
      { from: iso(3), to: iso(0) },
    ];
    expect(gapsOf(stretches, NOW - 10 * HOUR, NOW)).toEqual([]);
    expect(isHeard(stretches, NOW - HOUR)).toBe(true);
    expect(isHeard(stretches, NOW - 11 * HOUR)).toBe(false);
  });

  it('theSpanReachesBackToTheMoment', () => {
    expect(spanFor(59)).toBe(60);
    expect(spanFor(61)).toBe(360);
    expect(spanFor(999_999)).toBe(43_200);
    expect(momentOf(NOW + 123)).toBe('2026-03-14T12:00:00Z');
  });

  it('anInputsTimeIsTheViewersAndComesBackTheSame', () => {
    expect(fromLocalInput(toLocalInput(NOW))).toBe(new Date(NOW).toISOString());
    expect(fromLocalInput('')).toBeNull();
    expect(fromLocalInput('nonsense')).toBeNull();
  });
});

describe('ages', () => {
  it('areShortAndInTheReadersLanguage', () => {
    expect(formatAge(42_000, 'en')).toBe('42s');
    expect(formatAge(3 * HOUR + 12 * 60_000, 'en')).toBe('3h 12m');
    expect(formatAge(12 * 24 * HOUR + HOUR, 'en')).toBe('12d');
    expect(formatAge(5 * 60_000, 'zh')).toBe('5分钟');
  });

  it('ofWhatIsYetToComeAreZero', () => {
    expect(formatAge(-5_000, 'en')).toBe('0s');
  });
});

describe('facts', () => {
  it('carryTheirUnits', () => {
    expect(formatFact('k8s.request.cpu', '0.25', 'en')).toBe('0.25 cores');
    expect(formatFact('k8s.request.cpu', '1', 'en')).toBe('1 core');
    expect(formatFact('k8s.request.cpu', '2', 'zh')).toBe('2 核');
    expect(formatFact('k8s.node.allocatable.memory', String(60 * 2 ** 30), 'en')).toBe('60 GiB');
    expect(formatFact('k8s.node.allocatable.pods', '110', 'en')).toBe('110');
    expect(formatFact('k8s.resourcequota.hard.requests.memory', '1073741824', 'en')).toBe('1 GiB');
  });

  it('thatAreNoNumbersStayAsTheyAre', () => {
    expect(formatFact('k8s.request.cpu', 'many', 'en')).toBe('many');
    expect(formatFact('k8s.pod.ip', '10.0.0.1', 'en')).toBe('10.0.0.1');
    expect(formatFact('k8s.pod.ip', undefined, 'en')).toBe('');
  });

  it('ofAnySortFindTheirHeadingAndNoneIsLost', () => {
    expect(groupOf('k8s.label.app')).toBe('labels');
    expect(groupOf('k8s.pod.uid')).toBe('identity');
    expect(groupOf('something.new')).toBe('other');
    const attributes = { 'k8s.label.app': 'x', 'something.new': 'y', 'k8s.limit.cpu': '1' };
    const all = factsOf(attributes).flatMap(({ facts }) => facts.map((fact) => fact.attribute));
    expect(all.sort()).toEqual(Object.keys(attributes).sort());
  });
});

describe('addresses', () => {
  it('ofAnEntityNameAllThatTellsItApart', () => {
    const linked = {
      cluster: 'harbour',
      type: 'object',
      namespace: 'shop',
      name: 'main & more',
      kind: 'Kafka.kafka.strimzi.io',
      pod: null,
    };
    expect(pathOf('/entity', linked, '2026-03-14T12:00:00Z')).toBe(
      '/entity?cluster=harbour&type=object&namespace=shop&kind=Kafka.kafka.strimzi.io&name=main+%26+more&at=2026-03-14T12%3A00%3A00Z',
    );
  });

  it('canBeReadFromAnId', () => {
    expect(addressOf('/map', 'c', 'pod/shop/cart-1')).toBe(
      '/map?cluster=c&type=pod&namespace=shop&name=cart-1',
    );
    expect(addressOf('/map', 'c', 'node/worker-1')).toBe('/map?cluster=c&type=node&name=worker-1');
    expect(addressOf('/map', 'c', 'container/shop/cart-1/app')).toBe(
      '/map?cluster=c&type=container&namespace=shop&pod=cart-1&name=app',
    );
    expect(addressOf('/map', 'c', 'object/shop/Kafka.x/main')).toBe(
      '/map?cluster=c&type=object&namespace=shop&kind=Kafka.x&name=main',
    );
  });
});

describe('the CSV', () => {
  const row = cluster.rows.find(({ type }) => type === 'pod');

  it('hasAColumnForAllThatIsKnownOfAnyRow', () => {
    const [head, ...lines] = toCsv(cluster.rows.slice(0, 40)).trimEnd().split('\r\n');
    expect(head).toContain('k8s.node.allocatable.cpu');
    expect(lines).toHaveLength(40);
    for (const line of lines) expect(line.split(',').length).toBe(head?.split(',').length);
  });

  it('quotesAndNeverHandsASpreadsheetAFormula', () => {
    if (!row) throw new Error('the invented cluster has no pod');
    const evil = { ...row, name: '=HYPERLINK("x")', namespace: 'a,b', attributes: { n: '-1.5' } };
    const line = toCsv([evil]).split('\r\n')[1] ?? '';
    expect(line).toContain(`"'=HYPERLINK(""x"")"`);
    expect(line).toContain('"a,b"');
    expect(line.endsWith(',-1.5')).toBe(true);
  });
});

describe('an object as YAML', () => {
  it('readsAsKubectlWouldWriteIt', () => {
    expect(
      toYaml({
        kind: 'Pod',
        metadata: { name: 'cart', labels: {} },
        spec: { args: ['--port', 8080, 'true'], containers: [{ name: 'app', env: [] }] },
        text: 'one\ntwo\n',
        nothing: null,
      }),
    ).toBe(
      [
        'kind: Pod',
        'metadata:',
        '  name: cart',
        '  labels: {}',
        'spec:',
        '  args:',
        '  - "--port"',
        '  - 8080',
        '  - "true"',
        '  containers:',
        '  - name: app',
        '    env: []',
        'text: |',
        '  one',
        '  two',
        'nothing: null',
        '',
      ].join('\n'),
    );
  });

  it('quotesWhatWouldBeReadAsSomethingElse', () => {
    const yaml = toYaml({ a: '012', b: 'no', c: 'x: y', d: '', e: 'end\n\n', f: 'a#b' });
    expect(yaml).toBe('a: "012"\nb: "no"\nc: "x: y"\nd: ""\ne: "end\\n\\n"\nf: a#b\n');
  });
});

describe('a diff', () => {
  it('isReadIntoFieldBeforeAndAfter', () => {
    expect(partsOf('spec.replicas: 2 -> 3')).toEqual({
      path: 'spec.replicas',
      before: '2',
      after: '3',
    });
    expect(partsOf('… and 12 more')).toBeNull();
  });
});

describe('the map', () => {
  const map = cluster.answer(
    new URL('http://hub/api/v1/map?type=deployment&name=ledger'),
  ) as Parameters<typeof downward>[0];

  it('putsOwnersAboveWhatTheyOwn', () => {
    const edges = downward(map);
    expect(edges).toContainEqual({
      from: 'deployment/shop/ledger',
      to: 'replicaset/shop/ledger-7f9c',
    });
    expect(edges).toHaveLength(map.edges.length);
  });

  it('offersMoreOnlyWhereThereIsMore', () => {
    const group = map.nodes.find(({ size }) => size > 1);
    const pod = map.nodes.find(({ type, size }) => type === 'pod' && size === 1);
    if (!group || !pod) throw new Error('the invented map lacks a group or a pod');
    expect(canExpand(group, [])).toBe(true);
    expect(canExpand(group, [group.id])).toBe(false);
    expect(canExpand(pod, [])).toBe(false);
  });
});
