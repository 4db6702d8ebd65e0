import type { ColumnDef } from '@tanstack/react-table';
import { Button, Input } from 'antd';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PlacementQuery, usePlacement } from '../../api/discovery';
import type { Placement } from '../../api/types';
import { DataTable } from '../../components/DataTable';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { useAddress } from '../../discovery/address';
import { formatAmount } from '../../discovery/facts';
import { useLanguage } from '../../i18n';

const FIELDS = ['cpu', 'memory', 'nodeSelector', 'arch', 'tolerate'] as const;

const EXAMPLES: Record<(typeof FIELDS)[number], string> = {
  cpu: '500m',
  memory: '512Mi',
  nodeSelector: 'disk=ssd',
  arch: 'arm64',
  tolerate: 'dedicated',
};

type Place = Placement['items'][number];

/** What fits where: how many pods of a size each pool takes, and why nodes take none. */
export function PlacementForm() {
  const { t, i18n } = useTranslation();
  const lang = useLanguage();
  const { of } = useAddress();
  const [typed, setTyped] = useState<Record<string, string>>({ cpu: '500m', memory: '512Mi' });
  const [asked, setAsked] = useState<Record<string, string> | null>(null);
  const by = of('by');
  const ofNodes = by === 'arch' || by === 'zone' || (by === 'node-label' && of('label') !== '');
  const field = (name: string) => asked?.[name]?.trim() ?? '';
  const query: PlacementQuery = {
    cluster: of('cluster'),
    cpu: field('cpu'),
    memory: field('memory'),
    nodeSelector: field('nodeSelector'),
    arch: field('arch'),
    tolerate: field('tolerate'),
    by: ofNodes ? by : 'pool',
    label: ofNodes ? of('label') : '',
  };
  const placement = usePlacement(query, lang, asked !== null);
  const columns = useColumns();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked({ ...typed });
  };
  return (
    <section aria-labelledby="placement" className="stack">
      <h2 id="placement">{t('placement.title')}</h2>
      <form className="panel placement" onSubmit={submit}>
        {FIELDS.map((name) => (
          <label key={name} htmlFor={`placement-${name}`}>
            <span className="quiet small">{t(`placement.${name}`)}</span>
            <Input
              id={`placement-${name}`}
              value={typed[name] ?? ''}
              placeholder={EXAMPLES[name]}
              maxLength={200}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            />
          </label>
        ))}
        <Button type="primary" htmlType="submit" loading={placement.isFetching}>
          {t('placement.ask')}
        </Button>
      </form>
      {placement.isError && <Failure error={placement.error} />}
      {asked !== null && placement.isPending && <Loading rows={2} />}
      {placement.data && (
        <div className="panel flush" aria-live="polite">
          <p className="placement-sum">
            {t('placement.fits', {
              count: placement.data.fits,
              number: placement.data.fits.toLocaleString(i18n.language),
            })}
          </p>
          <DataTable
            label={t('placement.title')}
            columns={columns}
            rows={placement.data.items}
            rowKey={(place) => `${place.cluster} ${place.pool}`}
            stale={placement.isPlaceholderData}
          />
          <p className="quiet small placement-sum">{t('placement.notLooked')}</p>
        </div>
      )}
    </section>
  );
}

function useColumns(): ColumnDef<Place>[] {
  const { t, i18n } = useTranslation();
  const lang = i18n.language;
  return useMemo(
    () => [
      {
        header: t('placement.pool'),
        cell: ({ row }) => <span className="strong">{row.original.pool || t('pools.rest')}</span>,
      },
      { header: t('column.cluster'), cell: ({ row }) => row.original.cluster },
      {
        header: t('placement.pods'),
        cell: ({ row }) => row.original.fits.toLocaleString(lang),
        meta: { className: 'number strong' },
      },
      {
        header: t('placement.nodes'),
        cell: ({ row }) => row.original.nodes.toLocaleString(lang),
        meta: { className: 'number' },
      },
      {
        header: t('placement.largest'),
        cell: ({ row: { original } }) =>
          `${formatAmount(original.largest.cpu, '{core}', lang)}, ${formatAmount(original.largest.memory, 'By', lang)}`,
        meta: { className: 'nowrap' },
      },
      {
        header: t('placement.refusals'),
        cell: ({ row }) => (
          <ul>
            {row.original.refusals.map(({ reason, reasonText, nodes }) => (
              <li key={reason} title={reason}>
                {t('placement.refusal', { text: reasonText, count: nodes })}
              </li>
            ))}
          </ul>
        ),
        meta: { className: 'wide' },
      },
    ],
    [t, lang],
  );
}
