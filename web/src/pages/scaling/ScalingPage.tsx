import type { ColumnDef } from '@tanstack/react-table';
import { Input } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScalableWorkloads } from '../../api/scaling';
import type { ScalableWorkload } from '../../api/types';
import { ClusterSelect } from '../../components/ClusterSelect';
import { DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { NoClusters, useNoClusters } from '../../components/NoClusters';
import { useAddress, withQuery } from '../../discovery/address';
import { ScalingViews } from './ScalingViews';
import { Score } from './Score';
import { Waves } from './Waves';
import { WorkloadPanel } from './WorkloadPanel';

const MOST = 100;

/** Which workloads may be scaled by themselves, what keeps the others from it, and their policies. */
export function Component() {
  const { t } = useTranslation();
  const { of, patch } = useAddress();
  const nobody = useNoClusters();
  const workloads = useScalableWorkloads({ cluster: of('cluster'), q: of('q'), limit: MOST });
  const picked = of('name') !== '';
  return (
    <div className="stack">
      <title>{`${t('scaling.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('scaling.title')}</h1>
        <ClusterSelect
          value={of('cluster')}
          all={false}
          onChange={(cluster) =>
            patch({ cluster, namespace: null, kind: null, name: null, view: null })
          }
        />
        <Input.Search
          className="filter"
          allowClear
          aria-label={t('scaling.search')}
          placeholder={t('scaling.search')}
          defaultValue={of('q')}
          onSearch={(q) => patch({ q })}
        />
      </div>
      <ScalingViews current="workloads" cluster={of('cluster')} />
      <p className="quiet">{t('scaling.intro')}</p>
      {nobody && <NoClusters />}
      {!nobody && workloads.isPending && <Loading />}
      {!nobody && workloads.isError && (
        <Failure error={workloads.error} onRetry={() => void workloads.refetch()} />
      )}
      {workloads.data?.items.length === 0 && (
        <EmptyState title={t('scaling.none')} text={t('scaling.noneText')} />
      )}
      {workloads.data && workloads.data.items.length > 0 && (
        <Workloads
          rows={workloads.data.items}
          total={workloads.data.total}
          stale={workloads.isPlaceholderData}
        />
      )}
      {!nobody && !picked && <Waves cluster={of('cluster')} />}
      {picked && (
        <WorkloadPanel
          address={{
            cluster: of('cluster'),
            namespace: of('namespace'),
            kind: of('kind'),
            name: of('name'),
          }}
        />
      )}
    </div>
  );
}

function Workloads({
  rows,
  total,
  stale,
}: {
  rows: ScalableWorkload[];
  total: number;
  stale: boolean;
}) {
  const { t } = useTranslation();
  const { of } = useAddress();
  const q = of('q');
  const columns = useMemo<ColumnDef<ScalableWorkload>[]>(
    () => [
      {
        header: t('scaling.workload'),
        cell: ({ row: { original } }) => (
          <Link
            to={withQuery('/scaling', {
              q,
              cluster: original.cluster,
              namespace: original.namespace,
              kind: original.kind,
              name: original.name,
            })}
          >
            {original.name}
          </Link>
        ),
        meta: { className: 'strong' },
      },
      { header: t('scaling.namespace'), cell: ({ row }) => row.original.namespace },
      { header: t('scaling.kind'), cell: ({ row }) => row.original.kind },
      {
        header: t('scaling.replicas'),
        cell: ({ row }) => row.original.replicas,
        meta: { className: 'number' },
      },
      {
        header: t('scaling.readiness'),
        cell: ({ row }) => <Score value={row.original.score} gaps={row.original.gaps} />,
        meta: { className: 'nowrap' },
      },
      {
        header: t('scaling.scaledBy'),
        cell: ({ row: { original } }) => {
          const names = [
            ...original.otherScalers,
            ...original.autoscalers
              .map((name) => `HorizontalPodAutoscaler ${name}`)
              .filter((name) => !original.otherScalers.includes(name)),
          ];
          return names.length === 0 ? (
            <span className="quiet">{t('scaling.nobody')}</span>
          ) : (
            names.join(', ')
          );
        },
        meta: { className: 'wide' },
      },
      {
        header: t('scaling.policy'),
        cell: ({ row: { original } }) =>
          original.mode === null ? (
            <span className="quiet">{t('scaling.noPolicy')}</span>
          ) : (
            t(`scalingMode.${original.mode}`)
          ),
      },
    ],
    [t, q],
  );
  return (
    <div className="panel flush">
      <DataTable
        label={t('scaling.workloads')}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.namespace}/${row.kind}/${row.name}`}
        stale={stale}
      />
      {total > rows.length && (
        <p className="quiet small">{t('scaling.more', { shown: rows.length, total })}</p>
      )}
    </div>
  );
}
