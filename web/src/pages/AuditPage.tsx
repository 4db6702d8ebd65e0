import { SafetyCertificateOutlined } from '@ant-design/icons';
import type { ColumnDef } from '@tanstack/react-table';
import { Alert, Button, Input, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAudit, useAuditVerification } from '../api/queries';
import type { AuditEntry } from '../api/types';
import { DataTable } from '../components/DataTable';
import { EmptyState } from '../components/EmptyState';
import { Failure } from '../components/Failure';
import { Loading } from '../components/Loading';
import { Pager, usePaging } from '../components/Pager';
import { Time } from '../components/Time';
import { useWord } from '../i18n';
import { en } from '../i18n/en';

const TYPING_PAUSE_MILLIS = 250;

export function Component() {
  const { t } = useTranslation();
  const word = useWord();
  const paging = usePaging();
  const [action, setAction] = useState('');
  const [typed, setTyped] = useState('');
  const [user, setUser] = useState('');
  const audit = useAudit({ action, user, cursor: paging.cursor });
  const verification = useAuditVerification();
  const columns = useColumns();

  const { first } = paging;
  useEffect(() => {
    const pause = setTimeout(() => {
      setUser(typed.trim());
      first();
    }, TYPING_PAUSE_MILLIS);
    return () => clearTimeout(pause);
  }, [typed, first]);

  return (
    <div className="stack">
      <title>{`${t('audit.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('audit.title')}</h1>
        <Select
          className="filter"
          aria-label={t('audit.action')}
          value={action}
          onChange={(next) => {
            setAction(next);
            first();
          }}
          options={[
            { value: '', label: t('audit.anyAction') },
            ...Object.keys(en.action).map((value) => ({ value, label: word('action', value) })),
          ]}
        />
        <Input
          className="filter"
          allowClear
          aria-label={t('audit.userFilter')}
          placeholder={t('audit.userFilter')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button
          className="push"
          icon={<SafetyCertificateOutlined />}
          loading={verification.isPending}
          onClick={() => verification.mutate()}
        >
          {t('audit.verify')}
        </Button>
      </div>
      {verification.isError && <Failure error={verification.error} />}
      {verification.data && (
        <Alert
          showIcon
          type={verification.data.intact ? 'success' : 'error'}
          title={
            verification.data.intact
              ? t('audit.intact', { count: verification.data.entries })
              : t('audit.broken', { first: verification.data.firstBroken })
          }
        />
      )}
      {audit.isPending && <Loading />}
      {audit.isError && <Failure error={audit.error} onRetry={() => void audit.refetch()} />}
      {audit.data && audit.data.items.length === 0 && (
        <EmptyState title={t('audit.emptyTitle')} text={t('audit.emptyText')} />
      )}
      {audit.data && audit.data.items.length > 0 && (
        <section className="panel flush">
          <DataTable
            label={t('audit.title')}
            columns={columns}
            rows={audit.data.items}
            rowKey={(row, index) => `${row.time} ${index}`}
            stale={audit.isPlaceholderData}
          />
          <Pager paging={paging} next={audit.data.next} total={audit.data.total} />
        </section>
      )}
    </div>
  );
}

function useColumns(): ColumnDef<AuditEntry>[] {
  const { t } = useTranslation();
  const word = useWord();
  return useMemo(
    () => [
      {
        header: t('audit.time'),
        cell: ({ row }) => <Time value={row.original.time} />,
        meta: { className: 'nowrap' },
      },
      { header: t('audit.user'), cell: ({ row }) => row.original.user },
      {
        header: t('audit.action'),
        cell: ({ row }) => (
          <span title={row.original.action}>{word('action', row.original.action)}</span>
        ),
        meta: { className: 'nowrap' },
      },
      {
        header: t('audit.address'),
        cell: ({ row }) => <span className="mono">{row.original.address}</span>,
      },
      {
        header: t('audit.detail'),
        cell: ({ row }) => row.original.detail,
        meta: { className: 'wide' },
      },
    ],
    [t, word],
  );
}
