import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/queries';
import { useScalingLearning, type WorkloadAddress } from '../../../api/scaling';
import type { ComparedPolicy, LearnedPolicy, ScalableWorkloadDetail } from '../../../api/types';
import { Failure } from '../../../components/Failure';
import { Loading } from '../../../components/Loading';
import { Calibrated } from './Calibrated';
import { Comparison } from './Comparison';
import { Learn } from './Learn';
import { ReplayChart } from './ReplayChart';
import { ScenarioFloors } from './Scenarios';
import { TriggersTable } from './Triggers';
import { UseLearned } from './UseLearned';

const NONE: ComparedPolicy[] = [];

/** Where a policy is learned from a workload's history and replayed beside others before it acts. */
export function Lab({ detail }: { detail: ScalableWorkloadDetail }) {
  const { t } = useTranslation();
  const session = useSession();
  const { cluster, namespace, kind, name } = detail.workload;
  const address: WorkloadAddress = { cluster, namespace, kind, name };
  const learning = useScalingLearning(address);
  const may = session.data?.roles.some((role) => role === 'ADMIN' || role === 'OPERATOR') ?? false;
  return (
    <section className="stack" aria-labelledby="lab">
      <h3 id="lab">{t('lab.title')}</h3>
      <p className="quiet">{t('lab.intro')}</p>
      {learning.isPending && <Loading />}
      {learning.isError && (
        <Failure error={learning.error} onRetry={() => void learning.refetch()} />
      )}
      {learning.data && (
        <>
          {may && (
            <Learn
              address={address}
              job={learning.data.job}
              again={learning.data.learned !== null}
            />
          )}
          {learning.data.learned ? (
            <Learned learned={learning.data.learned} detail={detail} may={may} />
          ) : (
            <p className="quiet">{t('lab.nothing')}</p>
          )}
        </>
      )}
    </section>
  );
}

function Learned({
  learned,
  detail,
  may,
}: {
  learned: LearnedPolicy;
  detail: ScalableWorkloadDetail;
  may: boolean;
}) {
  const [shown, setShown] = useState<readonly string[]>(() => usuallyShown(learned.policies));
  const show = useCallback(
    (name: string, on: boolean) =>
      setShown((before) => (on ? [...before, name] : before.filter((one) => one !== name))),
    [],
  );
  const policies = learned.policies ?? NONE;
  return (
    <>
      <Calibrated learned={learned} />
      {learned.triggers !== null && <TriggersTable triggers={learned.triggers} />}
      <ScenarioFloors learned={learned} />
      <Comparison policies={policies} shown={shown} onShow={show} />
      {learned.inForceUnknown !== null && <p className="quiet">{learned.inForceUnknown}</p>}
      <div className="panel">
        <ReplayChart
          load={learned.load}
          policies={policies.filter(({ name }) => shown.includes(name))}
        />
      </div>
      <UseLearned learned={learned} detail={detail} may={may} />
    </>
  );
}

/** The learned one, and beside it what is in force or else the first of the usual. */
export function usuallyShown(policies: readonly ComparedPolicy[]): string[] {
  const beside =
    policies.find(({ kind }) => kind === 'IN_FORCE') ??
    policies.find(({ kind }) => kind === 'USUAL');
  return policies
    .filter((policy) => policy.kind === 'LEARNED' || policy === beside)
    .map(({ name }) => name);
}
