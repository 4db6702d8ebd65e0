import { formatTime } from '../format/time';
import { formatNumber, formatValue } from '../format/value';

/** Under which heading an attribute is read, in this order. */
export const GROUPS = [
  'workload',
  'resources',
  'place',
  'network',
  'identity',
  'labels',
  'other',
] as const;

export type Group = (typeof GROUPS)[number];

export const LABEL = 'k8s.label.';

const BY_PREFIX: readonly [prefix: string, group: Group][] = [
  [LABEL, 'labels'],
  ['k8s.request.', 'resources'],
  ['k8s.limit.', 'resources'],
  ['k8s.node.capacity.', 'resources'],
  ['k8s.node.allocatable.', 'resources'],
  ['k8s.resourcequota.hard.', 'resources'],
  ['k8s.resourcequota.used.', 'resources'],
  ['k8s.volume.', 'resources'],
  ['k8s.workload.', 'workload'],
  ['k8s.pod.ready', 'workload'],
  ['k8s.pod.restarts', 'workload'],
  ['k8s.pod.phase', 'workload'],
  ['k8s.pod.qos_class', 'workload'],
  ['k8s.pod.priority_class', 'workload'],
  ['k8s.container.state', 'workload'],
  ['k8s.container.last.', 'workload'],
  ['k8s.container.ready', 'workload'],
  ['k8s.job.', 'workload'],
  ['k8s.cronjob.', 'workload'],
  ['k8s.hpa.', 'workload'],
  ['k8s.pdb.', 'workload'],
  ['container.image', 'workload'],
  ['k8s.node.', 'place'],
  ['bridgewatch.', 'place'],
  ['host.arch', 'place'],
  ['os.', 'place'],
  ['container.runtime', 'place'],
  ['cloud.', 'place'],
  ['k8s.pod.ip', 'network'],
  ['host.ip', 'network'],
  ['k8s.service.', 'network'],
  ['k8s.ingress.', 'network'],
  ['k8s.object.', 'identity'],
  ['k8s.cluster.name', 'identity'],
  ['k8s.namespace.', 'identity'],
];

export function groupOf(attribute: string): Group {
  const found = BY_PREFIX.find(([prefix]) => attribute.startsWith(prefix));
  if (found) return found[1];
  return /^k8s\.[a-z]+\.(name|uid)$/.test(attribute) ? 'identity' : 'other';
}

export interface Fact {
  attribute: string;
  value: string;
}

/** Everything that is known of an entity, under its headings; blank headings are left out. */
export function factsOf(attributes: Record<string, string>): { group: Group; facts: Fact[] }[] {
  return GROUPS.flatMap((group) => {
    const facts = Object.entries(attributes)
      .filter(([attribute]) => groupOf(attribute) === group)
      .map(([attribute, value]) => ({ attribute, value }))
      .sort((a, b) => a.attribute.localeCompare(b.attribute));
    return facts.length > 0 ? [{ group, facts }] : [];
  });
}

const AMOUNT =
  /^k8s\.(?:request|limit|node\.capacity|node\.allocatable|resourcequota\.(?:hard|used))\.(.+)$/;

const BYTES = /(?:^|[.-])(?:memory|storage|ephemeral[-_]storage)$|^hugepages-/;

/** The UCUM unit of a resource, such as `cpu` or `requests.memory`. */
export function unitOf(resource: string): string {
  if (/(?:^|\.)cpu$/.test(resource)) return '{core}';
  return BYTES.test(resource) ? 'By' : '1';
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** A fact's value as a person reads it: amounts with units, times in the viewer's zone. */
export function formatFact(attribute: string, value: string | undefined, lang: string): string {
  if (value === undefined) return '';
  const resource = AMOUNT.exec(attribute)?.[1];
  if (resource !== undefined || attribute === 'k8s.volume.capacity') {
    const amount = Number(value);
    if (value === '' || !Number.isFinite(amount)) return value;
    return formatAmount(amount, resource === undefined ? 'By' : unitOf(resource), lang);
  }
  if (attribute === 'k8s.pod.restarts') return formatNumber(Number(value), lang);
  return TIME.test(value) ? formatTime(value, lang) : value;
}

/** Cores, bytes or pieces. */
export function formatAmount(amount: number, unit: string, lang: string): string {
  if (unit !== '{core}') return formatValue(amount, unit, lang);
  const number = formatNumber(amount, lang);
  if (lang.startsWith('zh')) return `${number} 核`;
  return amount === 1 ? `${number} core` : `${number} cores`;
}
