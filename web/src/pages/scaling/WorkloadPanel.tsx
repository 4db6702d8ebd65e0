import type { ColumnDef } from '@tanstack/react-table';
import { Alert, Tag } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useScalableWorkload, type WorkloadAddress } from '../../api/scaling';
import type { ReadinessCheck, ScalableWorkloadDetail, StartPhase } from '../../api/types';
import { DataTable } from '../../components/DataTable';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { Views } from '../../components/Views';
import { useAddress, withQuery } from '../../discovery/address';
import { formatNumber } from '../../format/value';
import { useLanguage } from '../../i18n';
import { Lab } from './lab/Lab';
import { Plans } from './Plans';
import { PolicyPanel } from './PolicyPanel';
import { Score } from './Score';
import { Shadow } from './shadow/Shadow';
import { Verdicts } from './Verdicts';

const VIEWS = ['policy', 'lab', 'shadow', 'verdicts'] as const;

/** All about one workload: what is missing and what helps, who else scales it, policy and plans, lab, shadow, verdicts. */
export function WorkloadPanel({ address }: { address: WorkloadAddress }) {
  const lang = useLanguage();
  const workload = useScalableWorkload(address, lang);
  if (workload.isPending) return <Loading />;
  if (workload.isError) {
    return <Failure error={workload.error} onRetry={() => void workload.refetch()} />;
  }
  return <Detail detail={workload.data} />;
}

function Detail({ detail }: { detail: ScalableWorkloadDetail }) {
  const { t } = useTranslation();
  const { of } = useAddress();
  const { workload } = detail;
  const { cluster, namespace, kind, name } = workload;
  const view = VIEWS.find((one) => one === of('view')) ?? 'policy';
  const to = (next: string) =>
    withQuery('/scaling', {
      q: of('q'),
      cluster,
      namespace,
      kind,
      name,
      view: next === 'policy' ? '' : next,
    });
  return (
    <section className="stack" aria-labelledby="workload">
      <div className="page-head">
        <h2 id="workload">
          {workload.kind} {workload.namespace}/{workload.name}
        </h2>
        <Score value={workload.score} gaps={workload.gaps} />
      </div>
      {detail.conflicts.map((one) => (
        <Alert
          key={one.owner}
          type={one.blocking ? 'error' : 'info'}
          showIcon
          title={one.owner}
          description={one.text}
        />
      ))}
      <Views
        label={t('workloadViews.label')}
        current={view}
        views={VIEWS.map((name) => ({ name, text: t(`workloadViews.${name}`), to: to(name) }))}
      />
      <View
        key={`${cluster}/${namespace}/${kind}/${name}`}
        view={view}
        detail={detail}
        toLab={to('lab')}
      />
    </section>
  );
}

function View({
  view,
  detail,
  toLab,
}: {
  view: (typeof VIEWS)[number];
  detail: ScalableWorkloadDetail;
  toLab: string;
}) {
  switch (view) {
    case 'policy':
      return <Policy detail={detail} />;
    case 'lab':
      return <Lab detail={detail} />;
    case 'shadow':
      return <Shadow detail={detail} />;
    case 'verdicts': {
      const { cluster, namespace, kind, name } = detail.workload;
      return <Verdicts address={{ cluster, namespace, kind, name }} toLab={toLab} />;
    }
  }
}

/** Whether it may be scaled, by which policy, and what is planned. */
function Policy({ detail }: { detail: ScalableWorkloadDetail }) {
  const { t } = useTranslation();
  return (
    <>
      <Checks rows={detail.checks} />
      <Starts detail={detail} />
      <p className="quiet">
        {t('scaling.room', { largest: detail.room.largest, nodes: detail.room.nodes })}
        {detail.room.quota !== null &&
          ` ${t('scaling.quota', {
            quota: detail.room.quota,
            resource: detail.room.quotaResource,
            more: detail.room.moreByQuota,
          })}`}
      </p>
      <PolicyPanel key={detail.policy?.name ?? ''} detail={detail} />
      {detail.plans.length > 0 && <Plans plans={detail.plans} />}
    </>
  );
}

function Checks({ rows }: { rows: ReadinessCheck[] }) {
  const { t } = useTranslation();
  const columns = useMemo<ColumnDef<ReadinessCheck>[]>(
    () => [
      { header: t('scaling.criterion'), cell: ({ row }) => row.original.title },
      {
        header: t('scaling.met'),
        cell: ({ row: { original } }) => (
          <Tag color={original.met ? 'success' : 'error'}>
            {original.met ? t('scaling.isMet') : t('scaling.isMissing')}
          </Tag>
        ),
        meta: { className: 'nowrap' },
      },
      {
        header: t('scaling.weight'),
        cell: ({ row }) => row.original.weight,
        meta: { className: 'number' },
      },
      {
        header: t('scaling.evidence'),
        cell: ({ row: { original } }) => (
          <ul>
            {original.gaps.map((gap) => (
              <li key={gap.evidence}>
                {gap.evidence} <span className="quiet">→ {gap.fix}</span>
              </li>
            ))}
          </ul>
        ),
        meta: { className: 'wide' },
      },
    ],
    [t],
  );
  return (
    <div className="panel flush">
      <DataTable
        label={t('scaling.checks')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.criterion}
      />
    </div>
  );
}

function Starts({ detail: { starts } }: { detail: ScalableWorkloadDetail }) {
  const { t, i18n } = useTranslation();
  const columns = useMemo<ColumnDef<StartPhase>[]>(() => {
    const seconds = (value: number) => `${formatNumber(value, i18n.language)} s`;
    const number = { className: 'number' };
    return [
      { header: t('scaling.phase'), cell: ({ row }) => t(`startPhase.${row.original.phase}`) },
      {
        header: t('scaling.p50'),
        cell: ({ row }) => seconds(row.original.p50Seconds),
        meta: number,
      },
      {
        header: t('scaling.p90'),
        cell: ({ row }) => seconds(row.original.p90Seconds),
        meta: number,
      },
      {
        header: t('scaling.longest'),
        cell: ({ row }) => seconds(row.original.longestSeconds),
        meta: number,
      },
      { header: t('scaling.pods'), cell: ({ row }) => row.original.pods, meta: number },
    ];
  }, [t, i18n.language]);
  if (starts.phases.length === 0) return null;
  return (
    <div className="panel flush">
      <DataTable
        label={t('scaling.starts')}
        columns={columns}
        rows={starts.phases}
        rowKey={(row) => row.phase}
      />
    </div>
  );
}
