import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricAsked, ShadowDecision } from '../../../api/types';
import { DataTable } from '../../../components/DataTable';
import { formatTime } from '../../../format/time';
import { formatNumber } from '../../../format/value';

/** How a decision came about: what each metric asked for, then what held and what cut it. */
export function Explanation({ decision }: { decision: ShadowDecision }) {
  const { t, i18n } = useTranslation();
  const { metrics, recommended, stabilised, stabilisedBy, limitedBy, wanted, error, unseenSince } =
    decision;
  const steps: [string, string][] = [];
  if (recommended !== null) steps.push([t('shadow.recommended'), String(recommended)]);
  if (stabilised !== null && stabilised !== recommended) {
    steps.push([
      t('shadow.stabilised'),
      stabilisedBy === null
        ? String(stabilised)
        : t('shadow.heldBy', {
            replicas: stabilised,
            time: formatTime(stabilisedBy, i18n.language),
          }),
    ]);
  }
  if (limitedBy !== '') {
    steps.push([
      t('shadow.limited'),
      `${t(`scalingLimit.${limitedBy as 'ScaleUpLimit'}`, { defaultValue: limitedBy })} (${limitedBy})`,
    ]);
  }
  steps.push([t('shadow.wanted'), String(wanted)]);
  return (
    <>
      {metrics.length > 0 && <Metrics rows={metrics} winner={decision.winner} />}
      <dl className="facts">
        {steps.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {unseenSince !== null && (
        <p className="quiet small">
          {t('shadow.unseenSince', { time: formatTime(unseenSince, i18n.language) })}
        </p>
      )}
      {error !== '' && <p className="quiet small">{error}</p>}
    </>
  );
}

function Metrics({ rows, winner }: { rows: MetricAsked[]; winner: string }) {
  const { t, i18n } = useTranslation();
  const columns = useMemo<ColumnDef<MetricAsked>[]>(() => {
    const number = (value: number | null) =>
      value === null ? '–' : formatNumber(value, i18n.language);
    return [
      {
        header: t('shadow.metric'),
        cell: ({ row: { original } }) => (
          <span className={original.metric === winner ? 'strong' : ''}>{original.metric}</span>
        ),
      },
      {
        header: t('shadow.asked'),
        cell: ({ row }) => number(row.original.replicas),
        meta: { className: 'number' },
      },
      {
        header: t('shadow.ratio'),
        cell: ({ row }) => number(row.original.ratio),
        meta: { className: 'number' },
      },
      {
        header: t('shadow.ratioWithOthers'),
        cell: ({ row }) => number(row.original.ratioWithOthers),
        meta: { className: 'number' },
      },
      {
        header: t('shadow.leftOut'),
        cell: ({ row: { original } }) => <LeftOut asked={original} />,
        meta: { className: 'wide' },
      },
    ];
  }, [t, i18n.language, winner]);
  return (
    <DataTable
      label={t('shadow.metrics')}
      columns={columns}
      rows={rows}
      rowKey={(_, index) => String(index)}
    />
  );
}

function LeftOut({ asked: { leftOut, error } }: { asked: MetricAsked }) {
  const { t } = useTranslation();
  if (leftOut.length === 0 && error === '')
    return <span className="quiet">{t('common.none')}</span>;
  return (
    <ul>
      {leftOut.map(({ why, pods, names }) => (
        <li key={why}>
          {t(`leftOutWhy.${why}`, { count: pods })}:{' '}
          <span className="quiet small">
            {names.join(', ')}
            {pods > names.length && ' …'}
          </span>
        </li>
      ))}
      {error !== '' && <li className="quiet small">{error}</li>}
    </ul>
  );
}
