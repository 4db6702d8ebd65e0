import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster, KindState } from '../../api/types';
import { Ago } from '../../components/Ago';
import { DataTable } from '../../components/DataTable';
import { FeedState, useHelp } from './FeedState';

const ORDER: readonly KindState['state'][] = [
  'DOWN',
  'UNAVAILABLE',
  'CONNECTING',
  'SYNCING',
  'LIVE',
];

/** Each kind of objects with how well it can be heard, the worst first, and what was left out. */
export function ClusterKinds({ cluster }: { cluster: Cluster }) {
  const { t, i18n } = useTranslation();
  const help = useHelp();
  const kinds = useMemo(
    () =>
      [...cluster.kinds].sort(
        (a, b) =>
          ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.resource.localeCompare(b.resource),
      ),
    [cluster.kinds],
  );
  const columns = useMemo<ColumnDef<KindState>[]>(
    () => [
      {
        header: t('clusters.kind'),
        cell: ({ row }) => <span className="mono">{row.original.resource}</span>,
      },
      {
        header: t('clusters.state'),
        cell: ({ row }) => <FeedState state={row.original.state} />,
        meta: { className: 'nowrap' },
      },
      {
        header: t('common.since'),
        cell: ({ row }) => <Ago value={row.original.since} />,
        meta: { className: 'nowrap' },
      },
      {
        header: t('clusters.reason'),
        cell: ({ row: { original } }) =>
          original.reason !== '' && (
            <>
              <strong>{original.reason}</strong> {help(original.reason)}
              <div className="quiet small">{original.detail}</div>
            </>
          ),
        meta: { className: 'wide' },
      },
    ],
    [t, help],
  );
  const { rejections } = cluster.pipeline;
  return (
    <div className="stack">
      {rejections.length > 0 && (
        <section>
          <h2>{t('clusters.rejections')}</h2>
          <ul className="stack-tight small">
            {rejections.map(({ reason, subject, detail, count }) => (
              <li key={`${reason} ${subject}`}>
                <strong>{reason}</strong> <span className="mono">{subject}</span> ×
                {count.toLocaleString(i18n.language)} <span className="quiet">{detail}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <DataTable
        label={t('clusters.kindsOf', { name: cluster.name })}
        columns={columns}
        rows={kinds}
        rowKey={(kind) => kind.resource}
      />
    </div>
  );
}
