import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRetention } from '../../api/discovery';
import type { Retention } from '../../api/types';
import { Ago } from '../../components/Ago';
import { DataTable } from '../../components/DataTable';
import { Failure } from '../../components/Failure';
import { Time } from '../../components/Time';
import { formatBytes } from '../../format/value';

type Kept = Retention['kept'][number];

/** How far back what is kept goes, the room it takes, and what had to be given up. */
export function Storage() {
  const { t, i18n } = useTranslation();
  const retention = useRetention();
  const lang = i18n.language;
  const columns = useMemo<ColumnDef<Kept>[]>(
    () => [
      {
        header: t('storage.kind'),
        cell: ({ row: { original } }) => (
          <>
            {t(`storage.${original.kind}`)}
            {original.external && <span className="quiet"> ({t('storage.external')})</span>}
          </>
        ),
      },
      {
        header: t('storage.oldest'),
        cell: ({ row: { original } }) =>
          original.oldest ? <Ago value={original.oldest} /> : t('common.none'),
      },
      {
        header: t('storage.keep'),
        cell: ({ row }) => t('storage.days', { count: row.original.keepDays }),
      },
      {
        header: t('storage.room'),
        cell: ({ row }) => formatBytes(row.original.bytes, lang),
        meta: { className: 'nowrap' },
      },
      {
        header: t('storage.givenUp'),
        cell: ({ row: { original } }) =>
          original.givenUp ? <Time value={original.givenUp} /> : t('common.none'),
      },
    ],
    [t, lang],
  );
  if (retention.isError) {
    return <Failure error={retention.error} onRetry={() => void retention.refetch()} />;
  }
  if (!retention.data) return null;
  const { kept, budgetBytes, usableBytes, leastUsableBytes, trouble } = retention.data;
  return (
    <section className="panel stack" aria-label={t('storage.title')}>
      <h2>{t('storage.title')}</h2>
      <p className="quiet small">
        {budgetBytes === null
          ? t('storage.noBudget', { least: formatBytes(leastUsableBytes, lang) })
          : t('storage.budget', { budget: formatBytes(budgetBytes, lang) })}{' '}
        {t('storage.usable', { usable: formatBytes(usableBytes, lang) })}
      </p>
      {trouble && (
        <div className="cluster-trouble" role="status">
          <strong>{t('storage.trouble')}</strong>
          <p className="quiet small">{trouble}</p>
        </div>
      )}
      <DataTable
        label={t('storage.title')}
        columns={columns}
        rows={kept}
        rowKey={(row) => `${row.kind} ${row.external}`}
      />
    </section>
  );
}
