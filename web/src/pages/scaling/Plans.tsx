import type { ColumnDef } from '@tanstack/react-table';
import { Alert, Button, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/queries';
import { useDecide } from '../../api/scaling';
import type { OwnedField, PlannedChange, ScalingPlan } from '../../api/types';
import { Ago } from '../../components/Ago';
import { CopyButton } from '../../components/CopyButton';
import { DataTable } from '../../components/DataTable';
import { Failure } from '../../components/Failure';
import { toYaml } from '../entity/yaml';
import { Unserved } from './Unserved';

const COLOURS: Partial<Record<ScalingPlan['state'], string>> = {
  PLANNED: 'processing',
  APPLIED: 'success',
  CONFLICTED: 'error',
  REFUSED: 'error',
  FAILED: 'error',
  STALE: 'warning',
};

/** Plans of a policy, the newest in full. */
export function Plans({ plans }: { plans: ScalingPlan[] }) {
  const { t } = useTranslation();
  const [newest, ...older] = plans;
  if (newest === undefined) return null;
  return (
    <section className="stack" aria-labelledby="plans">
      <h2 id="plans">{t('scaling.plan')}</h2>
      <Plan key={newest.id} plan={newest} />
      {older.length > 0 && (
        <ul>
          {older.map((plan) => (
            <li key={plan.id}>
              <Head plan={plan} /> <span className="quiet">{plan.message}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Head({ plan }: { plan: ScalingPlan }) {
  const { t } = useTranslation();
  return (
    <>
      <Tag color={COLOURS[plan.state] ?? 'default'}>{t(`planState.${plan.state}`)}</Tag>
      {t('scaling.plannedBy', { name: plan.createdBy })} <Ago value={plan.createdAt} />
      {plan.decidedBy !== null && ` · ${t('scaling.decidedBy', { name: plan.decidedBy })}`}
    </>
  );
}

/** What would change, what is applied, who is in the way, and the two decisions. */
function Plan({ plan }: { plan: ScalingPlan }) {
  const { t } = useTranslation();
  const session = useSession();
  const deciding = useDecide();
  const [seen, setSeen] = useState(false);
  const may = session.data?.roles.some((role) => role === 'ADMIN' || role === 'OPERATOR') ?? false;
  const text = useMemo(() => toYaml(plan.manifest), [plan.manifest]);
  return (
    <div className="panel stack">
      <p>
        <Head plan={plan} />
      </p>
      {plan.message !== '' && (
        <Alert
          type={plan.state === 'STALE' ? 'warning' : 'error'}
          showIcon
          title={plan.message}
          description={t('errors.reason', { reason: plan.reason })}
        />
      )}
      {plan.owners.length > 0 && <Owners rows={plan.owners} />}
      <Unserved metrics={plan.unservedMetrics} />
      {plan.changes.length > 0 && <Changes rows={plan.changes} />}
      {plan.state === 'PLANNED' && plan.changes.length === 0 && (
        <p className="quiet">{t('scaling.noChange')}</p>
      )}
      <div className="section-head">
        <Button size="small" aria-expanded={seen} onClick={() => setSeen(!seen)}>
          {seen ? t('scaling.hideManifest') : t('scaling.showManifest')}
        </Button>
        {seen && <CopyButton what={t('scaling.manifest')} text={text} />}
      </div>
      {seen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <pre className="panel object-text" tabIndex={0}>
          {text}
        </pre>
      )}
      {deciding.isError && <Failure error={deciding.error} />}
      {plan.state === 'PLANNED' && may && (
        <div className="page-head">
          <Button
            type="primary"
            loading={deciding.isPending}
            onClick={() => deciding.mutate({ id: plan.id, decision: 'confirm' })}
          >
            {t('scaling.confirm')}
          </Button>
          <Button
            loading={deciding.isPending}
            onClick={() => deciding.mutate({ id: plan.id, decision: 'cancel' })}
          >
            {t('scaling.cancel')}
          </Button>
          <span className="quiet small">{t('scaling.confirmHelp')}</span>
        </div>
      )}
    </div>
  );
}

function Changes({ rows }: { rows: PlannedChange[] }) {
  const { t } = useTranslation();
  const columns = useMemo<ColumnDef<PlannedChange>[]>(
    () => [
      { header: t('scaling.field'), cell: ({ row }) => <code>{row.original.field}</code> },
      { header: t('scaling.before'), cell: ({ row }) => row.original.before ?? '–' },
      { header: t('scaling.after'), cell: ({ row }) => row.original.after ?? '–' },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('scaling.changes')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.field}
    />
  );
}

function Owners({ rows }: { rows: OwnedField[] }) {
  const { t } = useTranslation();
  const columns = useMemo<ColumnDef<OwnedField>[]>(
    () => [
      { header: t('scaling.field'), cell: ({ row }) => <code>{row.original.field}</code> },
      { header: t('scaling.owner'), cell: ({ row }) => row.original.owner },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('scaling.owners')}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.field} ${row.owner}`}
    />
  );
}
