import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import type { ColumnDef } from '@tanstack/react-table';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { reportFileUrl, useScalingReport } from '../../api/scaling';
import type { MonthOfApplication, MonthSum } from '../../api/types';
import { ClusterSelect } from '../../components/ClusterSelect';
import { DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { NoClusters, useNoClusters } from '../../components/NoClusters';
import { useAddress, withQuery } from '../../discovery/address';
import { formatNumber, formatShare } from '../../format/value';
import { useLanguage } from '../../i18n';
import { monthName, monthsUntil } from './months';
import { ScalingViews } from './ScalingViews';

/** As far back as days are kept. */
const MONTHS = 14;

/** What scaling did in a month, by application and workload. */
export function Component() {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { of, patch } = useAddress();
  const nobody = useNoClusters();
  const months = useMemo(() => monthsUntil(new Date(), MONTHS), []);
  const month = of('month') || (months[0] ?? '');
  const query = { month, cluster: of('cluster') };
  const report = useScalingReport(query);
  const { data } = report;
  return (
    <div className="stack">
      <title>{`${t('report.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('report.title')}</h1>
        <Select<string>
          className="filter"
          aria-label={t('report.month')}
          value={month}
          onChange={(next) => patch({ month: next })}
          options={[...new Set([...months, month])].map((value) => ({
            value,
            label: monthName(value, lang),
          }))}
        />
        <ClusterSelect value={of('cluster')} onChange={(cluster) => patch({ cluster })} />
        <Button
          className="push"
          icon={<DownloadOutlined />}
          href={reportFileUrl(query, lang)}
          download
        >
          {t('report.file')}
        </Button>
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('report.print')}
        </Button>
      </div>
      <ScalingViews current="report" cluster={of('cluster')} />
      <p className="quiet">{t('report.intro')}</p>
      {nobody && <NoClusters />}
      {!nobody && report.isPending && <Loading />}
      {!nobody && report.isError && (
        <Failure error={report.error} onRetry={() => void report.refetch()} />
      )}
      {!nobody && data?.applications.length === 0 && (
        <EmptyState
          title={t('report.none', { month: monthName(data.month, lang) })}
          text={t('report.noneText')}
          action={
            <Link to={withQuery('/scaling', { cluster: of('cluster') })}>
              {t('report.toWorkloads')}
            </Link>
          }
        />
      )}
      {data?.applications.map((one) => (
        <Application key={one.application} of={one} stale={report.isPlaceholderData} />
      ))}
    </div>
  );
}

interface Row {
  key: string;
  name: string;
  /** Where the workload is; empty for the sum of all. */
  where: string;
  to: string | null;
  sum: MonthSum;
}

function rowsOf({ workloads, sum }: MonthOfApplication, all: string): Row[] {
  const rows = workloads.map(({ cluster, namespace, kind, name, sum: own }) => ({
    key: `${cluster}/${namespace}/${kind}/${name}`,
    name,
    where: `${kind} · ${namespace} · ${cluster}`,
    to: withQuery('/scaling', { cluster, namespace, kind, name, view: 'verdicts' }),
    sum: own,
  }));
  return rows.length === 1 ? rows : [...rows, { key: '', name: all, where: '', to: null, sum }];
}

function Application({ of, stale }: { of: MonthOfApplication; stale: boolean }) {
  const { t } = useTranslation();
  const title = of.application === '' ? t('report.noApplication') : of.application;
  const columns = useColumns();
  const rows = useMemo(() => rowsOf(of, t('report.all')), [of, t]);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <div className="panel flush">
        <DataTable
          label={title}
          columns={columns}
          rows={rows}
          rowKey={({ key }) => key}
          stale={stale}
        />
      </div>
    </section>
  );
}

function useColumns(): ColumnDef<Row>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const lang = i18n.language;
    const number = (header: string, value: (sum: MonthSum) => string | number) => ({
      header,
      cell: ({ row }: { row: { original: Row } }) => value(row.original.sum),
      meta: { className: 'number' },
    });
    const beside = (
      header: string,
      own: (sum: MonthSum) => string,
      usual: (sum: MonthSum) => string,
    ) => ({
      header,
      cell: ({ row: { original } }: { row: { original: Row } }) => (
        <>
          {own(original.sum)}
          <div className="quiet small">{t('report.usual', { value: usual(original.sum) })}</div>
        </>
      ),
      meta: { className: 'number nowrap' },
    });
    const percent = (share: number | null) =>
      share === null ? t('common.none') : formatNumber(share * 100, lang);
    return [
      {
        header: t('report.workload'),
        cell: ({ row: { original } }) => (
          <>
            {original.to === null ? original.name : <Link to={original.to}>{original.name}</Link>}
            {original.where !== '' && <div className="quiet small">{original.where}</div>}
          </>
        ),
        meta: { className: 'strong' },
      },
      number(t('report.days'), ({ days, daysUnseen }) =>
        daysUnseen === 0 ? days : t('report.daysUnseen', { days, unseen: daysUnseen }),
      ),
      beside(
        t('lab.podHours'),
        ({ was }) => formatNumber(was.podHours, lang),
        ({ usual }) => formatNumber(usual.podHours, lang),
      ),
      number(t('report.saved'), (sum) => saved(sum, lang)),
      beside(
        t('lab.hurt'),
        ({ was }) => percent(was.hurtShare),
        ({ usual }) => percent(usual.hurtShare),
      ),
      beside(
        t('shadow.violated'),
        ({ was }) => formatNumber(was.minutesViolated, lang),
        ({ usual }) => formatNumber(usual.minutesViolated, lang),
      ),
      number(t('report.events'), ({ events }) => events),
      number(t('verdicts.needed'), ({ needed }) => needed),
      number(t('verdicts.inTime'), ({ inTime }) => inTime),
      number(t('verdicts.enough'), ({ enough }) => enough),
      number(t('verdicts.reverted'), ({ reverted }) => reverted),
    ];
  }, [t, i18n.language]);
}

/** Pod-hours beside those of the default, and their share; negative where it took more. */
function saved({ was, usual }: MonthSum, lang: string): string {
  const hours = usual.podHours - was.podHours;
  const number = formatNumber(hours, lang);
  return usual.podHours === 0 ? number : `${number} (${formatShare(hours / usual.podHours, lang)})`;
}
