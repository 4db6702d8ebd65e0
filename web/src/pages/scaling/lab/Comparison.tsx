import type { ColumnDef } from '@tanstack/react-table';
import { Checkbox } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedPolicy } from '../../../api/types';
import { DataTable } from '../../../components/DataTable';
import { formatNumber } from '../../../format/value';
import { policyName } from './policyName';

/** What each policy would have done to users and to cost, on the same load. */
export function Comparison({
  policies,
  shown,
  onShow,
}: {
  policies: ComparedPolicy[];
  /** Names of those in the chart. */
  shown: readonly string[];
  onShow: (name: string, show: boolean) => void;
}) {
  const { t, i18n } = useTranslation();
  const columns = useMemo<ColumnDef<ComparedPolicy>[]>(() => {
    const lang = i18n.language;
    const number = (
      header: string,
      value: (policy: ComparedPolicy) => number,
    ): ColumnDef<ComparedPolicy> => ({
      header,
      cell: ({ row }) => formatNumber(value(row.original), lang),
      meta: { className: 'number' },
    });
    return [
      {
        header: t('lab.policyName'),
        cell: ({ row: { original } }) => (
          <Checkbox
            checked={shown.includes(original.name)}
            onChange={(event) => onShow(original.name, event.target.checked)}
          >
            <span title={original.name}>{policyName(original, t)}</span>
          </Checkbox>
        ),
        meta: { className: 'wide' },
      },
      number(t('lab.hurt'), ({ effect }) => effect.hurtShare * 100),
      number(t('lab.violation'), ({ effect }) => effect.violationSeconds / 60),
      number(t('lab.worstMinute'), ({ effect }) => effect.worstMinuteShare * 100),
      number(t('lab.podHours'), ({ effect }) => effect.podHours),
      number(t('lab.cost'), ({ effect }) => effect.cost),
      number(t('lab.rescales'), ({ effect }) => effect.rescales),
      number(t('lab.flaps'), ({ effect }) => effect.flaps),
      number(t('lab.atMax'), ({ effect }) => effect.minutesAtMax),
      number(t('lab.overloading'), ({ effect }) => effect.minutesOverloading),
      number(t('lab.short'), ({ effect }) => effect.minutesShort),
      number(t('lab.toCapacity'), ({ effect }) => effect.timeToCapacityP95Seconds),
    ];
  }, [t, i18n.language, shown, onShow]);
  return (
    <div className="panel flush">
      <DataTable
        label={t('lab.comparison')}
        columns={columns}
        rows={policies}
        rowKey={(row) => row.name}
      />
    </div>
  );
}
