import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FaultOutcome, Scorecard, ScoredRun } from '../../api/types';
import { Confidence } from '../../components/Confidence';
import { DataTable } from '../../components/DataTable';
import { formatNumber, formatShare } from '../../format/value';
import { useWord } from '../../i18n';

/** A run in which something was wrong. */
interface FaultRun extends ScoredRun {
  outcome: FaultOutcome;
}

/** One scorecard: by layer, fault by fault, and what was said though nothing was wrong. */
export function ScorecardView({ card }: { card: Scorecard }) {
  const { t } = useTranslation();
  const faults = card.runs.filter((run): run is FaultRun => run.outcome != null);
  const quiet = card.runs.filter((run) => run.outcome == null);
  return (
    <>
      <h2>{t('drill.card', { version: card.version, suite: card.suite })}</h2>
      <Layers card={card} />
      {faults.length > 0 && <Faults rows={faults} />}
      {quiet.length > 0 && <Quiet rows={quiet} />}
    </>
  );
}

function Layers({ card }: { card: Scorecard }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const rows = Object.entries(card.byLayer).sort(([a], [b]) => a.localeCompare(b));
  const share = (value: number) => formatShare(value, i18n.language);
  if (rows.length === 0) return null;
  return (
    <section className="panel flush">
      <DataTable
        label={t('drill.byLayer')}
        rows={rows}
        rowKey={([layer]) => layer}
        columns={[
          { header: t('drill.layer'), cell: ({ row }) => word('layer', row.original[0]) },
          { header: t('drill.faults'), cell: ({ row }) => row.original[1].faults },
          { header: t('drill.detected'), cell: ({ row }) => share(row.original[1].detected) },
          { header: t('drill.rightAt1'), cell: ({ row }) => share(row.original[1].rightAt1) },
          { header: t('drill.rightAt3'), cell: ({ row }) => share(row.original[1].rightAt3) },
          { header: t('drill.layerRight'), cell: ({ row }) => share(row.original[1].layerRight) },
        ]}
      />
    </section>
  );
}

function Faults({ rows }: { rows: FaultRun[] }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const columns = useMemo((): ColumnDef<FaultRun>[] => {
    const seconds = (value: number | null | undefined, none: string) =>
      value == null ? none : t('drill.seconds', { value: formatNumber(value, i18n.language) });
    return [
      { header: t('drill.fault'), cell: ({ row }) => row.original.name },
      { header: t('drill.seed'), cell: ({ row }) => row.original.seed },
      {
        header: t('drill.layer'),
        cell: ({ row }) => word('layer', row.original.outcome.layer),
      },
      {
        header: t('drill.detectedAfter'),
        cell: ({ row }) => seconds(row.original.outcome.detectedAfterSeconds, t('drill.missed')),
      },
      { header: t('drill.incidents'), cell: ({ row }) => row.original.outcome.incidents },
      { header: t('drill.rank'), cell: ({ row }) => row.original.outcome.rank ?? '–' },
      {
        header: t('drill.diagnosedAfter'),
        cell: ({ row }) => seconds(row.original.outcome.diagnosedAfterSeconds, '–'),
      },
      {
        header: t('drill.layerRight'),
        cell: ({ row }) => (row.original.outcome.layerRight ? t('drill.yes') : t('drill.no')),
      },
      {
        header: t('drill.confidence'),
        cell: ({ row }) =>
          row.original.outcome.confidence == null ? (
            '–'
          ) : (
            <Confidence value={row.original.outcome.confidence} compact />
          ),
      },
      { header: t('drill.falseIncidents'), cell: ({ row }) => row.original.falseIncidents },
    ];
  }, [t, word, i18n.language]);
  return (
    <section className="panel flush">
      <DataTable
        label={t('drill.byFault')}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.name} ${row.seed}`}
      />
    </section>
  );
}

function Quiet({ rows }: { rows: ScoredRun[] }) {
  const { t, i18n } = useTranslation();
  return (
    <section className="panel flush">
      <DataTable
        label={t('drill.quiet')}
        rows={rows}
        rowKey={(row) => `${row.name} ${row.seed}`}
        columns={[
          { header: t('drill.quiet'), cell: ({ row }) => row.original.name },
          { header: t('drill.seed'), cell: ({ row }) => row.original.seed },
          {
            header: t('drill.hours'),
            cell: ({ row }) => formatNumber(row.original.simulatedSeconds / 3600, i18n.language),
          },
          { header: t('drill.falseIncidents'), cell: ({ row }) => row.original.falseIncidents },
        ]}
      />
    </section>
  );
}
