import type { ColumnDef } from '@tanstack/react-table';
import { Input, Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTargets } from '../../api/pipeline';
import type { ScrapeTarget } from '../../api/types';
import { Ago } from '../../components/Ago';
import { ClusterSelect } from '../../components/ClusterSelect';
import { DataTable } from '../../components/DataTable';
import { Failure } from '../../components/Failure';
import { Pager, usePaging } from '../../components/Pager';
import { useAddress } from '../../discovery/address';
import { formatNumber } from '../../format/value';

/** What is scraped, and what is the matter where that fails. */
export function Targets() {
  const { t, i18n } = useTranslation();
  const { of, patch } = useAddress();
  const paging = usePaging();
  const failing = of('failing');
  const targets = useTargets({
    cluster: of('cluster'),
    failing,
    q: of('q'),
    cursor: paging.cursor,
  });
  const lang = i18n.language;
  const change = (next: Record<string, string | null>) => {
    paging.first();
    patch(next);
  };
  const columns = useMemo<ColumnDef<ScrapeTarget>[]>(
    () => [
      {
        header: t('pipeline.id'),
        cell: ({ row: { original } }) => (
          <>
            <span className="mono">{original.id}</span>
            <div className="quiet small mono">{original.address}</div>
          </>
        ),
        meta: { className: 'wide' },
      },
      {
        header: t('pipeline.lastScrape'),
        cell: ({ row: { original } }) =>
          original.lastScrape === null ? t('common.none') : <Ago value={original.lastScrape} />,
        meta: { className: 'nowrap' },
      },
      {
        header: t('pipeline.SAMPLES'),
        cell: ({ row }) => row.original.samples.toLocaleString(lang),
      },
      {
        header: t('pipeline.took'),
        cell: ({ row }) => `${formatNumber(row.original.tookSeconds, lang)} s`,
        meta: { className: 'nowrap' },
      },
      {
        header: t('pipeline.failure'),
        cell: ({ row: { original } }) =>
          original.failure !== null && (
            <>
              <strong>{original.failure}</strong>
              <div className="quiet small">{original.detail}</div>
            </>
          ),
        meta: { className: 'wide' },
      },
    ],
    [t, lang],
  );
  return (
    <section className="panel stack" aria-label={t('pipeline.list')}>
      <h2>{t('pipeline.list')}</h2>
      <div className="buttons">
        <ClusterSelect value={of('cluster')} onChange={(cluster) => change({ cluster })} />
        <Segmented
          aria-label={t('pipeline.failure')}
          value={failing}
          onChange={(next) => change({ failing: next === '' ? null : next })}
          options={[
            { value: '', label: t('pipeline.all') },
            { value: 'true', label: t('pipeline.failing') },
            { value: 'false', label: t('pipeline.ok') },
          ]}
        />
        <Input.Search
          className="filter"
          allowClear
          aria-label={t('pipeline.search')}
          placeholder={t('pipeline.search')}
          defaultValue={of('q')}
          onSearch={(q) => change({ q: q === '' ? null : q })}
        />
      </div>
      {targets.isError && <Failure error={targets.error} onRetry={() => void targets.refetch()} />}
      {targets.data && targets.data.items.length === 0 && (
        <p className="quiet">{t('pipeline.noTargets')}</p>
      )}
      {targets.data && targets.data.items.length > 0 && (
        <>
          <DataTable
            label={t('pipeline.list')}
            columns={columns}
            rows={targets.data.items}
            rowKey={(target) => `${target.cluster} ${target.id}`}
          />
          <Pager paging={paging} next={targets.data.next} total={targets.data.total} />
        </>
      )}
    </section>
  );
}
