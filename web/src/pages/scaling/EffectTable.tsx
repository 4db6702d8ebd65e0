import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScalingEffect } from '../../api/types';
import { DataTable } from '../../components/DataTable';
import { formatNumber } from '../../format/value';

interface Row {
  name: string;
  effect: ScalingEffect;
}

/** What several ways to scale did to users and to cost, on the same load. */
export function EffectTable({ label, rows }: { label: string; rows: Row[] }) {
  const { t, i18n } = useTranslation();
  const columns = useMemo<ColumnDef<Row>[]>(() => {
    const number = (header: string, value: (effect: ScalingEffect) => number): ColumnDef<Row> => ({
      header,
      cell: ({ row }) => formatNumber(value(row.original.effect), i18n.language),
      meta: { className: 'number' },
    });
    return [
      { header: t('lab.policyName'), cell: ({ row }) => row.original.name },
      number(t('lab.hurt'), ({ hurtShare }) => hurtShare * 100),
      number(t('shadow.violated'), ({ minutesViolated }) => minutesViolated),
      number(t('lab.short'), ({ minutesShort }) => minutesShort),
      number(t('lab.podHours'), ({ podHours }) => podHours),
      number(t('lab.rescales'), ({ rescales }) => rescales),
      number(t('lab.flaps'), ({ flaps }) => flaps),
    ];
  }, [t, i18n.language]);
  return (
    <div className="panel flush">
      <DataTable label={label} columns={columns} rows={rows} rowKey={({ name }) => name} />
    </div>
  );
}
