import type { ColumnDef } from '@tanstack/react-table';
import { Tag } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScalingVerdicts, type WorkloadAddress } from '../../api/scaling';
import type { AwaitedVerdict, ScalingEffect, ScalingVerdict } from '../../api/types';
import { Ago, useNow } from '../../components/Ago';
import { DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { Pager, usePaging } from '../../components/Pager';
import { Time } from '../../components/Time';
import { formatNumber } from '../../format/value';

/** Whether each change of a workload's replicas was right, and what would have been without it. */
export function Verdicts({ address, toLab }: { address: WorkloadAddress; toLab: string }) {
  const { t } = useTranslation();
  const paging = usePaging();
  const verdicts = useScalingVerdicts(address, paging.cursor);
  const { data } = verdicts;
  return (
    <section className="stack" aria-labelledby="verdicts">
      <h3 id="verdicts">{t('verdicts.title')}</h3>
      <p className="quiet">{t('verdicts.intro')}</p>
      {verdicts.isPending && <Loading />}
      {verdicts.isError && (
        <Failure error={verdicts.error} onRetry={() => void verdicts.refetch()} />
      )}
      {data && data.waiting.length > 0 && <Waiting items={data.waiting} />}
      {data && data.items.length === 0 && (
        <EmptyState
          title={t('verdicts.none')}
          text={t(
            !data.judged
              ? 'verdicts.notLearned'
              : data.waiting.length > 0
                ? 'verdicts.onlyWaiting'
                : 'verdicts.noChange',
          )}
          action={!data.judged && <Link to={toLab}>{t('verdicts.toLab')}</Link>}
        />
      )}
      {data && data.items.length > 0 && (
        <div className="panel flush">
          <Table rows={data.items} stale={verdicts.isPlaceholderData} />
          <Pager paging={paging} next={data.next} total={null} />
        </div>
      )}
    </section>
  );
}

function Waiting({ items }: { items: AwaitedVerdict[] }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <ul className="panel" aria-label={t('verdicts.waiting')}>
      {items.map(({ time, from, to, due }) => (
        <li key={time}>
          <span className="strong">{t('verdicts.change', { from, to })}</span> <Ago value={time} />{' '}
          <span className="quiet">
            {Date.parse(due) > now ? t('verdicts.due') : t('verdicts.overdue')} <Time value={due} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Table({ rows, stale }: { rows: ScalingVerdict[]; stale: boolean }) {
  const { t, i18n } = useTranslation();
  const columns = useMemo<ColumnDef<ScalingVerdict>[]>(() => {
    const compared = (
      header: string,
      value: (effect: ScalingEffect) => number,
    ): ColumnDef<ScalingVerdict> => ({
      header,
      cell: ({ row: { original } }) => (
        <>
          {formatNumber(value(original.with), i18n.language)}
          <div className="quiet small">
            {t('verdicts.without', {
              value: formatNumber(value(original.without), i18n.language),
            })}
          </div>
        </>
      ),
      meta: { className: 'number nowrap' },
    });
    return [
      {
        header: t('verdicts.time'),
        cell: ({ row }) => (
          <>
            <Time value={row.original.time} />
            <div className="quiet small">
              <Ago value={row.original.time} />
            </div>
          </>
        ),
        meta: { className: 'nowrap' },
      },
      {
        header: t('verdicts.replicas'),
        cell: ({ row: { original } }) =>
          t('verdicts.change', { from: original.from, to: original.to }),
        meta: { className: 'nowrap strong' },
      },
      {
        header: t('verdicts.by'),
        cell: ({ row: { original } }) => (
          <>
            {t(`verdictBy.${original.by}`)}
            {original.who !== '' && <div className="quiet small">{original.who}</div>}
          </>
        ),
      },
      {
        header: t('verdicts.verdict'),
        cell: ({ row: { original } }) => <Words verdict={original} />,
        meta: { className: 'wide' },
      },
      compared(t('lab.hurt'), ({ hurtShare }) => hurtShare * 100),
      compared(t('shadow.violated'), ({ minutesViolated }) => minutesViolated),
      compared(t('lab.short'), ({ minutesShort }) => minutesShort),
      compared(t('lab.podHours'), ({ podHours }) => podHours),
    ];
  }, [t, i18n.language]);
  return (
    <DataTable
      label={t('verdicts.title')}
      columns={columns}
      rows={rows}
      rowKey={({ time }) => time}
      stale={stale}
    />
  );
}

function Words({ verdict }: { verdict: ScalingVerdict }) {
  const { t } = useTranslation();
  const words = [
    [verdict.needed, verdict.needed ? t('verdicts.needed') : t('verdicts.notNeeded')],
    [verdict.inTime, verdict.inTime ? t('verdicts.inTime') : t('verdicts.late')],
    [verdict.enough, verdict.enough ? t('verdicts.enough') : t('verdicts.notEnough')],
    ...(verdict.reverted ? [[false, t('verdicts.reverted')] as const] : []),
  ] as const;
  return (
    <>
      {words.map(([good, word]) => (
        <Tag key={word} color={good ? 'success' : 'warning'}>
          {word}
        </Tag>
      ))}
    </>
  );
}
