import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { EntityRow } from '../../api/types';
import { Ago } from '../../components/Ago';
import { shownType } from '../../components/EntityLink';
import { Health, HealthMark } from '../../components/Health';
import type { VirtualColumn } from '../../components/VirtualTable';
import { pathOf } from '../../discovery/address';
import { formatFact } from '../../discovery/facts';
import type { Messages } from '../../i18n/en';

interface Surroundings {
  t: TFunction;
  lang: string;
  /** The past moment that links go on to; empty for now. */
  at: string;
  /** Whether the rows are of several clusters. */
  clusters: boolean;
}

type Column = VirtualColumn<EntityRow>;

/** What tells most about entities of a type; of any others, what is known of all of them. */
export function columnsOf(type: string, around: Surroundings): Column[] {
  const { t, lang, at } = around;
  const fact = (
    key: keyof Messages['column'],
    attribute: string,
    width: string,
    more: Partial<Column> = {},
  ): Column => ({
    key,
    header: t(`column.${key}`),
    width,
    cell: (row) => formatFact(attribute, row.attributes[attribute], lang),
    ...more,
  });
  const name: Column = {
    key: 'name',
    header: t('column.name'),
    width: 'minmax(190px, 3fr)',
    sort: { name: 'name' },
    cell: (row) => (
      <>
        <HealthMark state={row.health.state} />
        <Link className="strong" to={pathOf('/entity', row, at)} title={row.name}>
          {row.name}
        </Link>
      </>
    ),
  };
  const health: Column = {
    key: 'status',
    header: t('column.status'),
    width: 'minmax(110px, 1.2fr)',
    sort: { name: 'health', descending: true },
    cell: (row) => <Health health={row.health} />,
  };
  const namespace: Column = {
    key: 'namespace',
    header: t('column.namespace'),
    width: 'minmax(90px, 1fr)',
    cell: (row) => row.namespace,
  };
  const cluster: Column[] = around.clusters
    ? [
        {
          key: 'cluster',
          header: t('column.cluster'),
          width: 'minmax(80px, 1fr)',
          cell: (row) => row.cluster,
        },
      ]
    : [];
  const age: Column = {
    key: 'age',
    header: t('column.age'),
    width: '84px',
    number: true,
    sort: { name: 'created', descending: true },
    cell: (row) => row.created && <Ago value={row.created} {...(at === '' ? {} : { until: at })} />,
  };
  const owner: Column = {
    key: 'owner',
    header: t('column.owner'),
    width: 'minmax(90px, 1fr)',
    cell: (row) => [row.team, row.application].filter(Boolean).join(' / '),
  };
  const replicas: Column = {
    key: 'replicas',
    header: t('column.replicas'),
    width: '84px',
    number: true,
    cell: (row) => <Replicas row={row} />,
  };
  const node: Column = {
    key: 'node',
    header: t('column.node'),
    width: 'minmax(90px, 1fr)',
    cell: ({ cluster: of, attributes }) => {
      const found = attributes['k8s.node.name'];
      if (!found) return null;
      const head = {
        cluster: of,
        type: 'node',
        namespace: null,
        name: found,
        kind: null,
        pod: null,
      };
      return <Link to={pathOf('/entity', head, at)}>{found}</Link>;
    },
  };
  const image = fact('image', 'container.image.name', 'minmax(140px, 2fr)');

  switch (type) {
    case 'pod':
      return [
        name,
        namespace,
        ...cluster,
        fact('ready', 'k8s.pod.ready', '64px', { number: true }),
        health,
        fact('restarts', 'k8s.pod.restarts', '84px', {
          number: true,
          sort: { name: 'restarts', descending: true },
        }),
        node,
        fact('ip', 'k8s.pod.ip', '120px'),
        owner,
        age,
      ];
    case 'deployment':
    case 'statefulset':
    case 'daemonset':
    case 'replicaset':
      return [name, namespace, ...cluster, replicas, health, image, owner, age];
    case 'node':
      return [
        name,
        ...cluster,
        health,
        fact('pool', 'bridgewatch.pool', 'minmax(80px, 1fr)'),
        fact('arch', 'host.arch', '70px'),
        fact('zone', 'cloud.availability_zone', 'minmax(80px, 1fr)'),
        fact('version', 'k8s.node.kubelet.version', '110px'),
        fact('cpu', 'k8s.node.allocatable.cpu', '92px', { number: true }),
        fact('memory', 'k8s.node.allocatable.memory', '92px', { number: true }),
        fact('pods', 'k8s.node.allocatable.pods', '64px', { number: true }),
        age,
      ];
    case 'kubernetes-service':
      return [
        name,
        namespace,
        ...cluster,
        health,
        fact('type', 'k8s.service.type', '110px'),
        fact('clusterIp', 'k8s.service.cluster_ip', '130px'),
        fact('ports', 'k8s.service.ports', 'minmax(120px, 1.4fr)'),
        owner,
        age,
      ];
    case 'container':
      return [
        name,
        { ...namespace, key: 'pod', header: t('column.pod'), cell: (row) => row.pod },
        namespace,
        ...cluster,
        health,
        fact('restarts', 'k8s.pod.restarts', '84px', { number: true }),
        image,
      ];
    case 'persistent-volume-claim':
    case 'persistent-volume':
      return [
        name,
        ...(type === 'persistent-volume' ? [] : [namespace]),
        ...cluster,
        health,
        fact('capacity', 'k8s.volume.capacity', '92px', { number: true }),
        fact('class', 'k8s.storageclass.name', 'minmax(90px, 1fr)'),
        age,
      ];
    case 'cronjob':
      return [
        name,
        namespace,
        ...cluster,
        health,
        fact('schedule', 'k8s.cronjob.schedule', 'minmax(110px, 1fr)'),
        fact('lastScheduled', 'k8s.cronjob.last_scheduled', 'minmax(150px, 1fr)'),
        owner,
        age,
      ];
    case 'hpa':
      return [
        name,
        namespace,
        ...cluster,
        health,
        fact('current', 'k8s.hpa.current_pods', '84px', { number: true }),
        fact('desired', 'k8s.hpa.desired_pods', '84px', { number: true }),
        fact('least', 'k8s.hpa.min_pods', '84px', { number: true }),
        fact('most', 'k8s.hpa.max_pods', '84px', { number: true }),
        age,
      ];
    default:
      return [
        name,
        {
          key: 'kind',
          header: t('column.kind'),
          width: 'minmax(100px, 1fr)',
          cell: (row) => <span title={row.kind ?? undefined}>{shownType(row)}</span>,
        },
        namespace,
        ...cluster,
        health,
        owner,
        age,
      ];
  }
}

function Replicas({ row: { attributes } }: { row: EntityRow }) {
  const desired = attributes['k8s.workload.replicas.desired'];
  if (desired === undefined) return null;
  return `${attributes['k8s.workload.replicas.ready'] ?? 0}/${desired}`;
}
