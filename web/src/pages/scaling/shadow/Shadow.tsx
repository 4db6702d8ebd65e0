import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useScalingShadow } from '../../../api/scaling';
import type { ScalableWorkloadDetail, ScalingPolicy, ScalingShadow } from '../../../api/types';
import { EmptyState } from '../../../components/EmptyState';
import { Failure } from '../../../components/Failure';
import { Loading } from '../../../components/Loading';
import { Pager, usePaging } from '../../../components/Pager';
import { formatTime } from '../../../format/time';
import { EffectTable } from '../EffectTable';
import { Decisions } from './Decisions';
import { ReplicasChart } from './ReplicasChart';

/** What a policy would have done beside what is in force, and why. */
export function Shadow({ detail: { policy } }: { detail: ScalableWorkloadDetail }) {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-labelledby="shadow">
      <h3 id="shadow">{t('shadow.title')}</h3>
      <p className="quiet">{t('shadow.intro')}</p>
      {policy === null ? (
        <EmptyState title={t('shadow.noPolicy')} text={t('shadow.noPolicyText')} />
      ) : (
        <OfPolicy key={policy.name} policy={policy} />
      )}
    </section>
  );
}

function OfPolicy({ policy }: { policy: ScalingPolicy }) {
  const { t } = useTranslation();
  const paging = usePaging();
  const shadow = useScalingShadow(policy, paging.cursor);
  const { data } = shadow;
  return (
    <>
      {policy.mode !== 'SHADOW' && (
        <Alert
          type="info"
          showIcon
          title={t('shadow.otherMode', { mode: t(`scalingMode.${policy.mode}`) })}
          description={t('shadow.otherModeText')}
        />
      )}
      {shadow.isPending && <Loading />}
      {shadow.isError && <Failure error={shadow.error} onRetry={() => void shadow.refetch()} />}
      {data && policy.mode === 'SHADOW' && <Effects effect={data.effect} />}
      <ReplicasChart policy={policy} />
      {data && data.decisions.length === 0 && (
        <EmptyState
          title={t('shadow.none')}
          text={policy.mode === 'SHADOW' ? t('shadow.noneYet') : t('shadow.noneEver')}
        />
      )}
      {data && data.decisions.length > 0 && (
        <div className="panel flush" data-stale={shadow.isPlaceholderData}>
          <Decisions items={data.decisions} />
          <Pager paging={paging} next={data.next} total={null} />
        </div>
      )}
    </>
  );
}

function Effects({ effect }: { effect: ScalingShadow['effect'] }) {
  const { t, i18n } = useTranslation();
  if (effect === null) return <p className="quiet">{t('shadow.noEffect')}</p>;
  return (
    <>
      <EffectTable
        label={t('shadow.effect')}
        rows={[
          { name: t('shadow.own'), effect: effect.own },
          { name: t('shadow.inForce'), effect: effect.inForce },
        ]}
      />
      <p className="quiet small">
        {t('shadow.replayed', {
          from: formatTime(effect.from, i18n.language),
          to: formatTime(effect.to, i18n.language),
        })}
      </p>
    </>
  );
}
