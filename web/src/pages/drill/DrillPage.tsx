import { UploadOutlined } from '@ant-design/icons';
import type { ColumnDef } from '@tanstack/react-table';
import { Alert, Button, Upload } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../../api/queries';
import { useScorecard, useScorecardAdding, useScorecards } from '../../api/scorecards';
import type { Estimate, ScorecardHead } from '../../api/types';
import { Bar } from '../../components/Bar';
import { DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { Time } from '../../components/Time';
import { formatNumber, formatShare } from '../../format/value';
import { ScorecardView } from './ScorecardView';

/** How well the watch does in drills: the trend over versions, and one scorecard in full. */
export function Component() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const cards = useScorecards();
  const items = cards.data?.items ?? [];
  const chosen = parameters.get('card') ?? items[0]?.id ?? null;
  const card = useScorecard(chosen);
  const columns = useTrendColumns(chosen);
  return (
    <div className="stack">
      <title>{`${t('drill.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('drill.title')}</h1>
        <Adding />
      </div>
      {cards.isPending && <Loading />}
      {cards.isError && <Failure error={cards.error} onRetry={() => void cards.refetch()} />}
      {cards.data && items.length === 0 && (
        <EmptyState title={t('drill.emptyTitle')} text={t('drill.emptyText')} />
      )}
      {items.length > 0 && (
        <section className="panel flush">
          <DataTable
            label={t('drill.trend')}
            columns={columns}
            rows={items}
            rowKey={(row) => row.id}
          />
        </section>
      )}
      {card.isError && <Failure error={card.error} onRetry={() => void card.refetch()} />}
      {card.data && <ScorecardView card={card.data} />}
    </div>
  );
}

/** For administrators: sends the file that the drill wrote. */
function Adding() {
  const { t } = useTranslation();
  const session = useSession();
  const adding = useScorecardAdding();
  if (!session.data?.roles.includes('ADMIN')) return null;
  return (
    <>
      <Upload
        accept=".json"
        showUploadList={false}
        maxCount={1}
        beforeUpload={(file) => {
          adding.mutate(file);
          return false;
        }}
      >
        <Button className="push" icon={<UploadOutlined />} loading={adding.isPending}>
          {t('drill.add')}
        </Button>
      </Upload>
      {adding.isError &&
        (adding.error instanceof SyntaxError ? (
          <Alert type="error" showIcon role="alert" title={t('drill.noJson')} />
        ) : (
          <Failure error={adding.error} />
        ))}
    </>
  );
}

function useTrendColumns(chosen: string | null): ColumnDef<ScorecardHead>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const number = (header: string, value: (row: ScorecardHead) => number | null | undefined) => ({
      header,
      cell: ({ row }: { row: { original: ScorecardHead } }) => {
        const one = value(row.original);
        return one == null ? '–' : formatNumber(one, i18n.language);
      },
      meta: { className: 'number' },
    });
    const share = (header: string, value: (row: ScorecardHead) => Estimate | null | undefined) => ({
      header,
      cell: ({ row }: { row: { original: ScorecardHead } }) => (
        <Share label={header} estimate={value(row.original)} />
      ),
      meta: { className: 'nowrap' },
    });
    return [
      {
        header: t('drill.version'),
        cell: ({ row }) => (
          <Link
            to={`/drill?card=${row.original.id}`}
            aria-current={row.original.id === chosen ? 'true' : undefined}
          >
            {row.original.version}
          </Link>
        ),
      },
      { header: t('drill.suite'), cell: ({ row }) => row.original.suite },
      { header: t('drill.seeds'), cell: ({ row }) => row.original.seeds.join(', ') },
      {
        header: t('drill.scoredAt'),
        cell: ({ row }) => <Time value={row.original.scoredAt} />,
        meta: { className: 'nowrap' },
      },
      number(t('drill.faults'), (row) => row.totals.faults),
      share(t('drill.detected'), (row) => row.totals.detected),
      share(t('drill.rightAt1'), (row) => row.totals.rightAt1),
      share(t('drill.rightAt3'), (row) => row.totals.rightAt3),
      share(t('drill.layerRight'), (row) => row.totals.layerRight),
      number(t('drill.detectionSeconds'), (row) => row.totals.medianDetectionSeconds?.value),
      number(t('drill.diagnosisSeconds'), (row) => row.totals.medianDiagnosisSeconds?.value),
      number(t('drill.falsePerDay'), (row) => row.totals.falsePerDay?.value),
      number(t('drill.calibrationError'), (row) => row.calibrationError),
    ];
  }, [t, i18n.language, chosen]);
}

/** A share with the interval over seeds, where there are several. */
function Share({ label, estimate }: { label: string; estimate: Estimate | null | undefined }) {
  const { t, i18n } = useTranslation();
  if (estimate == null) return '–';
  const share = formatShare(estimate.value, i18n.language);
  const interval =
    estimate.low == null || estimate.high == null
      ? undefined
      : t('drill.interval', {
          low: formatShare(estimate.low, i18n.language),
          high: formatShare(estimate.high, i18n.language),
        });
  return (
    <span className="confidence" title={interval}>
      <Bar share={estimate.value} label={`${label}: ${share}`} />
      <span className="confidence-share">{share}</span>
    </span>
  );
}
