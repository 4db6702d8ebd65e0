import { SearchOutlined } from '@ant-design/icons';
import type { ColumnDef } from '@tanstack/react-table';
import { Button, Input, Select, Tag } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useIncidents } from '../api/queries';
import type { IncidentSummary } from '../api/types';
import { Confidence } from '../components/Confidence';
import { DataTable } from '../components/DataTable';
import { EmptyState } from '../components/EmptyState';
import { Entity } from '../components/Entity';
import { Failure } from '../components/Failure';
import { IncidentStatus } from '../components/IncidentStatus';
import { Loading } from '../components/Loading';
import { Pager, usePaging } from '../components/Pager';
import { Time } from '../components/Time';
import { useLanguage } from '../i18n';

const TYPING_PAUSE_MILLIS = 250;

export function Component() {
  const { t } = useTranslation();
  const lang = useLanguage();
  const [parameters, setParameters] = useSearchParams();
  const q = parameters.get('q') ?? '';
  const bundle = parameters.get('bundle') ?? '';
  const status = parameters.get('status') ?? '';
  const cluster = parameters.get('cluster') ?? '';
  const paging = usePaging();
  const incidents = useIncidents({ lang, q, bundle, status, cluster, cursor: paging.cursor });
  const columns = useColumns();

  const search = (next: { q?: string; bundle?: string; status?: string; cluster?: string }) => {
    paging.first();
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(next)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace: true },
    );
  };

  return (
    <div className="stack">
      <title>{`${t('incidents.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('incidents.title')}</h1>
        <SearchBox value={q} onChange={(text) => search({ q: text })} />
        <Select
          className="filter"
          aria-label={t('incidents.status')}
          value={status}
          onChange={(next) => search({ status: next })}
          options={[
            { value: '', label: t('incidents.anyStatus') },
            { value: 'OPEN', label: t('incidents.open') },
            { value: 'CLOSED', label: t('incidents.closed') },
            { value: 'RECORDED', label: t('incidents.recorded') },
          ]}
        />
        <Narrowed
          label={t('incidents.bundle')}
          value={bundle}
          onClear={() => search({ bundle: '' })}
        />
        <Narrowed
          label={t('incidents.cluster')}
          value={cluster}
          onClear={() => search({ cluster: '' })}
        />
      </div>
      {incidents.isPending && <Loading />}
      {incidents.isError && (
        <Failure error={incidents.error} onRetry={() => void incidents.refetch()} />
      )}
      {incidents.data && incidents.data.items.length === 0 && (
        <NoIncidents
          filtered={[q, bundle, status, cluster].some((one) => one !== '')}
          onClear={() => search({ q: '', bundle: '', status: '', cluster: '' })}
        />
      )}
      {incidents.data && incidents.data.items.length > 0 && (
        <section className="panel flush">
          <DataTable
            label={t('incidents.title')}
            columns={columns}
            rows={incidents.data.items}
            rowKey={(row) => row.id}
            stale={incidents.isPlaceholderData}
          />
          <Pager paging={paging} next={incidents.data.next} total={incidents.data.total} />
        </section>
      )}
    </div>
  );
}

function useColumns(): ColumnDef<IncidentSummary>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        header: t('incidents.onset'),
        cell: ({ row }) => <Time value={row.original.onset} />,
        meta: { className: 'nowrap' },
      },
      {
        header: t('incidents.what'),
        cell: ({ row }) => (
          <>
            <Link className="strong" to={`/incidents/${encodeURIComponent(row.original.id)}`}>
              {row.original.title}
            </Link>
            <IncidentStatus {...row.original} />
            {row.original.insufficient && (
              <Tag className="beside" color="warning">
                {t('incidents.insufficient')}
              </Tag>
            )}
          </>
        ),
        meta: { className: 'wide' },
      },
      {
        header: t('incidents.cause'),
        cell: ({ row: { original } }) =>
          original.topCause ? (
            <span className="cause-cell">
              <Entity type={original.topCause.type} name={original.topCause.name} />
              <span className="quiet small">{original.topCause.kindText}</span>
            </span>
          ) : (
            <span className="quiet">{t('incidents.noCause')}</span>
          ),
      },
      {
        header: t('incidents.confidence'),
        cell: ({ row: { original } }) =>
          original.topCause && <Confidence compact value={original.topCause.confidence} />,
        meta: { className: 'nowrap' },
      },
      {
        header: t('incidents.symptoms'),
        cell: ({ row }) => row.original.symptoms,
        meta: { className: 'number' },
      },
      {
        header: t('incidents.foundIn'),
        cell: ({ row: { original } }) => (
          <Link
            className="quiet"
            to={
              original.live
                ? `/incidents?cluster=${encodeURIComponent(original.live.cluster)}`
                : `/incidents?bundle=${encodeURIComponent(original.bundle)}`
            }
          >
            {original.live?.cluster ?? original.bundle}
          </Link>
        ),
        meta: { className: 'nowrap' },
      },
    ],
    [t],
  );
}

/** What the list was narrowed to by a link; can be taken away. */
function Narrowed({
  label,
  value,
  onClear,
}: {
  label: string;
  value: string;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  return (
    value !== '' && (
      <Tag closable={{ closeIcon: true, 'aria-label': t('common.clear') }} onClose={onClear}>
        {label}: {value}
      </Tag>
    )
  );
}

function SearchBox({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const pause = setTimeout(() => onChange(text), TYPING_PAUSE_MILLIS);
    return () => clearTimeout(pause);
  }, [text, value, onChange]);
  return (
    <Input
      className="search"
      allowClear
      prefix={<SearchOutlined />}
      placeholder={t('incidents.search')}
      aria-label={t('incidents.search')}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

function NoIncidents({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return filtered ? (
    <EmptyState
      title={t('incidents.noMatchTitle')}
      text={t('incidents.noMatchText')}
      action={<Button onClick={onClear}>{t('incidents.noMatchAction')}</Button>}
    />
  ) : (
    <EmptyState
      title={t('incidents.emptyTitle')}
      text={t('incidents.emptyText')}
      action={
        <Button type="primary" onClick={() => void navigate('/bundles')}>
          {t('incidents.emptyAction')}
        </Button>
      }
    />
  );
}
