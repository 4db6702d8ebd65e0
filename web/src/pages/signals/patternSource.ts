import type { Subject } from '../../api/signals';
import type { Attributes } from '../../api/types';

/** What a workload is called by, and its type; the first that is there counts. */
const WORKLOADS = [
  ['k8s.deployment.name', 'deployment'],
  ['k8s.statefulset.name', 'statefulset'],
  ['k8s.daemonset.name', 'daemonset'],
  ['k8s.cronjob.name', 'cronjob'],
  ['k8s.job.name', 'job'],
  ['k8s.replicaset.name', 'replicaset'],
  ['k8s.pod.name', 'pod'],
  ['service.name', 'service'],
] as const;

/** Who writes a pattern, as a person calls it. */
export function writerOf(source: Attributes): string {
  const workload = WORKLOADS.map(([name]) => source[name]).find((name) => name !== undefined);
  const container = source['k8s.container.name'];
  if (workload === undefined) return container ?? source['host.name'] ?? '';
  return container === undefined || container === workload
    ? workload
    : `${workload} / ${container}`;
}

/** Of what the lines of a pattern are asked: its workload, or what else tells who writes it. */
export function subjectOf(source: Attributes): Subject {
  const [attribute, type] = WORKLOADS.find(([name]) => source[name] !== undefined) ?? ['', ''];
  const container = source['k8s.container.name'];
  return {
    cluster: source['k8s.cluster.name'] ?? '',
    type,
    namespace: source['k8s.namespace.name'] ?? '',
    name: source[attribute] ?? '',
    kind: '',
    pod: '',
    attribute: container === undefined ? [] : [`k8s.container.name=${container}`],
  };
}
