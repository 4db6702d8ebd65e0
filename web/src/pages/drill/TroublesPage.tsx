import type { ColumnDef } from '@tanstack/react-table';
import { Alert, Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../api/queries';
import { useCausing, useCuring, useTroubles } from '../../api/troubles';
import type { TroubleIn, TroubleKind } from '../../api/types';
import { Ago } from '../../components/Ago';
import { DataTable } from '../../components/DataTable';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { formatNumber } from '../../format/value';
import { useLanguage } from '../../i18n';
import { BankPast } from './BankPast';

/** A clock that lags more than this is worth a word: what is seen is that much older. */
const SLOW_SECONDS = 10;

/** Where visitors of a demonstration put trouble into the simulated cluster, and take it out. */
export function Component() {
  const { t, i18n } = useTranslation();
  const lang = useLanguage();
  const session = useSession();
  const troubles = useTroubles(lang);
  const causing = useCausing();
  const curing = useCuring();
  const admin = session.data?.roles.includes('ADMIN') ?? false;
  const refused = causing.error ?? curing.error;
  return (
    <div className="stack">
      <title>{`${t('troubles.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('troubles.title')}</h1>
        {troubles.data && (
          <Link
            className="push"
            to={`/incidents?cluster=${encodeURIComponent(troubles.data.cluster)}`}
          >
            {t('troubles.incidents', { cluster: troubles.data.cluster })}
          </Link>
        )}
      </div>
      {troubles.isPending && <Loading />}
      {troubles.isError && (
        <Failure error={troubles.error} onRetry={() => void troubles.refetch()} />
      )}
      {troubles.data && (
        <>
          <p>{t('troubles.intro')}</p>
          {troubles.data.past && <BankPast past={troubles.data.past} />}
          {!admin && <Alert type="info" showIcon title={t('troubles.adminOnly')} />}
          {troubles.data.behindSeconds > SLOW_SECONDS && (
            <Alert
              type="warning"
              showIcon
              title={t('troubles.behind', {
                seconds: formatNumber(Math.round(troubles.data.behindSeconds), i18n.language),
              })}
            />
          )}
          {refused && <Failure error={refused} />}
          <In
            rows={troubles.data.in}
            kinds={troubles.data.kinds}
            curing={curing.isPending ? curing.variables : null}
            onCure={admin ? (kind) => curing.mutate(kind) : null}
          />
          <Kinds
            rows={troubles.data.kinds}
            taken={troubles.data.in.map(({ kind }) => kind)}
            causing={causing.isPending ? causing.variables : null}
            onCause={admin ? (kind) => causing.mutate(kind) : null}
          />
        </>
      )}
    </div>
  );
}

/** What is in now. */
function In({
  rows,
  kinds,
  curing,
  onCure,
}: {
  rows: TroubleIn[];
  kinds: TroubleKind[];
  curing: string | null;
  onCure: ((kind: string) => void) | null;
}) {
  const { t } = useTranslation();
  const columns = useMemo<ColumnDef<TroubleIn>[]>(
    () => [
      {
        header: t('troubles.kind'),
        cell: ({ row: { original } }) =>
          kinds.find(({ id }) => id === original.kind)?.title ?? original.kind,
        meta: { className: 'wide' },
      },
      { header: t('troubles.target'), cell: ({ row }) => row.original.target },
      {
        header: t('troubles.since'),
        cell: ({ row }) => <Ago value={row.original.since} />,
        meta: { className: 'nowrap' },
      },
      {
        header: t('troubles.action'),
        cell: ({ row: { original } }) => (
          <Button
            size="small"
            disabled={onCure === null}
            loading={curing === original.kind}
            onClick={() => onCure?.(original.kind)}
          >
            {t('troubles.cure')}
          </Button>
        ),
      },
    ],
    [t, kinds, curing, onCure],
  );
  return (
    <section className="stack">
      <h2>{t('troubles.in')}</h2>
      {rows.length === 0 && <p className="quiet">{t('troubles.none')}</p>}
      {rows.length > 0 && (
        <div className="panel flush">
          <DataTable
            label={t('troubles.in')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.kind}
          />
        </div>
      )}
    </section>
  );
}

/** What can be put in, group by group. */
function Kinds({
  rows,
  taken,
  causing,
  onCause,
}: {
  rows: TroubleKind[];
  taken: string[];
  causing: string | null;
  onCause: ((kind: string) => void) | null;
}) {
  const { t } = useTranslation();
  const [group, setGroup] = useState('');
  const groups = [...new Set(rows.map((row) => row.group))];
  const columns = useMemo<ColumnDef<TroubleKind>[]>(
    () => [
      {
        header: t('troubles.group'),
        cell: ({ row }) => t(`troubleGroup.${row.original.group}`),
        meta: { className: 'nowrap' },
      },
      {
        header: t('troubles.kind'),
        cell: ({ row }) => (
          <>
            {row.original.title} <span className="quiet small">{row.original.id}</span>
          </>
        ),
        meta: { className: 'wide' },
      },
      {
        header: t('troubles.action'),
        cell: ({ row: { original } }) => (
          <Button
            size="small"
            disabled={onCause === null || taken.includes(original.id)}
            loading={causing === original.id}
            onClick={() => onCause?.(original.id)}
          >
            {taken.includes(original.id) ? t('troubles.isIn') : t('troubles.cause')}
          </Button>
        ),
      },
    ],
    [t, taken, causing, onCause],
  );
  return (
    <section className="stack">
      <div className="page-head">
        <h2>{t('troubles.kinds')}</h2>
        <Select
          className="filter"
          aria-label={t('troubles.group')}
          value={group}
          onChange={setGroup}
          options={[
            { value: '', label: t('troubles.anyGroup') },
            ...groups.map((one) => ({ value: one, label: t(`troubleGroup.${one}`) })),
          ]}
        />
      </div>
      <div className="panel flush">
        <DataTable
          label={t('troubles.kinds')}
          columns={columns}
          rows={rows.filter((row) => group === '' || row.group === group)}
          rowKey={(row) => row.id}
        />
      </div>
    </section>
  );
}
