import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EntityRow } from '../../api/types';
import { Ago } from '../../components/Ago';
import { DataTable } from '../../components/DataTable';
import { Health } from '../../components/Health';
import { pathOf } from '../../discovery/address';
import { formatFact } from '../../discovery/facts';
import { useWord } from '../../i18n';

/** A pod's containers: how each is, how often it began anew, and how it ended last. */
export function Containers({ containers, at }: { containers: EntityRow[]; at: string }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const lang = i18n.language;
  const columns = useMemo<ColumnDef<EntityRow>[]>(() => {
    const amounts = (row: EntityRow, resource: string) =>
      ['k8s.request.', 'k8s.limit.']
        .map((of) => formatFact(of + resource, row.attributes[of + resource], lang) || '–')
        .join(' / ');
    return [
      {
        header: t('column.name'),
        cell: ({ row: { original } }) => (
          <Link className="strong" to={pathOf('/entity', original, at)}>
            {original.name}
          </Link>
        ),
      },
      {
        id: 'status',
        header: t('column.status'),
        cell: ({ row }) => <Health health={row.original.health} />,
      },
      {
        id: 'state',
        header: t('entity.state'),
        cell: ({ row: { original } }) => {
          const since = original.attributes['k8s.container.state.startedAt'];
          const state = original.attributes['k8s.container.state'];
          return (
            <>
              {state && word('containerState', state)}{' '}
              {original.attributes['k8s.container.state.reason']}{' '}
              {since && (
                <span className="quiet">
                  <Ago value={since} {...(at ? { until: at } : {})} />
                </span>
              )}
            </>
          );
        },
      },
      {
        header: t('column.restarts'),
        cell: ({ row }) => row.original.attributes['k8s.pod.restarts'],
        meta: { className: 'number' },
      },
      {
        header: t('entity.lastExit'),
        cell: ({ row: { original } }) => {
          const code = original.attributes['k8s.container.last.exitCode'];
          const ended = original.attributes['k8s.container.last.finishedAt'];
          if (code === undefined) return null;
          return (
            <>
              <strong>{original.attributes['k8s.container.last.reason']}</strong>{' '}
              {t('entity.exitCode', { code })}{' '}
              {ended && (
                <span className="quiet">
                  <Ago value={ended} {...(at ? { until: at } : {})} />
                </span>
              )}
            </>
          );
        },
      },
      {
        header: t('entity.cpu'),
        cell: ({ row }) => amounts(row.original, 'cpu'),
        meta: { className: 'number nowrap' },
      },
      {
        header: t('entity.memory'),
        cell: ({ row }) => amounts(row.original, 'memory'),
        meta: { className: 'number nowrap' },
      },
      {
        header: t('column.image'),
        cell: ({ row }) => (
          <span className="mono">{row.original.attributes['container.image.name']}</span>
        ),
      },
    ];
  }, [t, lang, at, word]);
  return (
    <section aria-labelledby="containers">
      <h2 id="containers">{t('entity.containers')}</h2>
      <div className="panel flush">
        <DataTable
          label={t('entity.containers')}
          columns={columns}
          rows={containers}
          rowKey={(row) => row.id}
        />
      </div>
    </section>
  );
}
