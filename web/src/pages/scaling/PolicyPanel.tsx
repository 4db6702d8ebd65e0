import { Button, Checkbox, Input, InputNumber, Tag } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/queries';
import { useMove, usePlan, useRemovePolicy, useSetPolicy } from '../../api/scaling';
import type { ModeStep, ScalableWorkloadDetail, ScalingMode, ScalingPolicy } from '../../api/types';
import { Ago } from '../../components/Ago';
import { Failure } from '../../components/Failure';
import { formatNumber } from '../../format/value';

const MODES: ScalingMode[] = ['OBSERVE', 'SHADOW', 'APPROVE'];

/** The policy of a workload: set it, move it on or back, and make a plan of it. */
export function PolicyPanel({ detail }: { detail: ScalableWorkloadDetail }) {
  const { t } = useTranslation();
  const session = useSession();
  const may = session.data?.roles.some((role) => role === 'ADMIN' || role === 'OPERATOR') ?? false;
  const { policy } = detail;
  return (
    <section className="stack" aria-labelledby="policy">
      <h2 id="policy">{t('scaling.policy')}</h2>
      {policy && <Standing policy={policy} next={detail.next} may={may} />}
      {(policy === null || policy.source === 'HUB') && may && <PolicyForm detail={detail} />}
      {policy?.source === 'CLUSTER' && <p className="quiet">{t('scaling.inCluster')}</p>}
      {!may && <p className="quiet">{t('scaling.readOnly')}</p>}
    </section>
  );
}

function Standing({
  policy,
  next,
  may,
}: {
  policy: ScalingPolicy;
  next: ModeStep | null;
  may: boolean;
}) {
  const { t, i18n } = useTranslation();
  const [reason, setReason] = useState('');
  const moving = useMove();
  const planning = usePlan();
  const removing = useRemovePolicy();
  const ours = policy.source === 'HUB' && may;
  const at = MODES.indexOf(policy.mode);
  const further = MODES[at + 1];
  const back = at > 0 ? MODES[at - 1] : undefined;
  const refused = moving.error ?? planning.error ?? removing.error;
  return (
    <div className="panel stack">
      <p>
        <Tag color="processing">{t(`scalingMode.${policy.mode}`)}</Tag>
        {t('scaling.bounds', { min: policy.minReplicas, max: policy.maxReplicas })}{' '}
        {policy.modeSince && <Ago value={policy.modeSince} />}
      </p>
      <p className="quiet">{t(`scalingModeHelp.${policy.mode}`)}</p>
      {next && further && (
        <ul>
          {next.requirements.map((one) => (
            <li key={one.rule}>
              <Tag color={one.met ? 'success' : 'warning'}>
                {one.met ? t('scaling.isMet') : t('scaling.isMissing')}
              </Tag>
              {one.title} {formatNumber(one.wanted, i18n.language)}
              {': '}
              {one.seen === null ? t('scaling.notMeasured') : formatNumber(one.seen, i18n.language)}
            </li>
          ))}
        </ul>
      )}
      {ours && further && next && !next.granted && (
        <Input
          aria-label={t('scaling.reason')}
          placeholder={t('scaling.reason')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      {refused && <Failure error={refused} />}
      <div className="page-head">
        {ours && back && (
          <Button
            loading={moving.isPending}
            onClick={() => moving.mutate({ policy, mode: back, reason: '' })}
          >
            {t('scaling.moveTo', { mode: t(`scalingMode.${back}`) })}
          </Button>
        )}
        {ours && further && (
          <Button
            loading={moving.isPending}
            disabled={!next?.granted && reason.trim() === ''}
            onClick={() => moving.mutate({ policy, mode: further, reason })}
          >
            {t('scaling.moveTo', { mode: t(`scalingMode.${further}`) })}
          </Button>
        )}
        {may && policy.mode === 'APPROVE' && (
          <Button
            type="primary"
            loading={planning.isPending}
            onClick={() => planning.mutate(policy)}
          >
            {t('scaling.makePlan')}
          </Button>
        )}
        {ours && (
          <Button danger loading={removing.isPending} onClick={() => removing.mutate(policy)}>
            {t('scaling.removePolicy')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Sets the usual policy: CPU by its requests, with a calm way down. */
function PolicyForm({ detail: { workload, policy } }: { detail: ScalableWorkloadDetail }) {
  const { t } = useTranslation();
  const setting = useSetPolicy();
  const [min, setMin] = useState(policy?.minReplicas ?? Math.max(2, workload.replicas));
  const [max, setMax] = useState(policy?.maxReplicas ?? Math.max(4, workload.replicas * 2));
  const [target, setTarget] = useState(60);
  const [window, setWindow] = useState(600);
  const [pilot, setPilot] = useState(policy?.pilot ?? false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setting.mutate({
      cluster: workload.cluster,
      namespace: workload.namespace,
      targetKind: workload.kind as 'Deployment' | 'StatefulSet',
      targetName: workload.name,
      ...(policy ? { name: policy.name, hpaName: policy.hpaName } : {}),
      downstreams: policy?.downstreams ?? [],
      pilot,
      minReplicas: min,
      maxReplicas: max,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: target },
          },
        },
      ],
      behavior: { scaleDown: { stabilizationWindowSeconds: window } },
    });
  };
  const numbers = [
    ['min', min, setMin, 1, 1000],
    ['max', max, setMax, 1, 1000],
    ['target', target, setTarget, 1, 100],
    ['window', window, setWindow, 0, 3600],
  ] as const;
  return (
    <form className="panel placement" onSubmit={submit} aria-label={t('scaling.form')}>
      {numbers.map(([name, value, set, least, most]) => (
        <label key={name} htmlFor={`scaling-${name}`}>
          <span className="quiet small">{t(`scalingForm.${name}`)}</span>
          <InputNumber
            id={`scaling-${name}`}
            value={value}
            min={least}
            max={most}
            precision={0}
            onChange={(next) => set(next ?? least)}
          />
        </label>
      ))}
      <Checkbox checked={pilot} onChange={(event) => setPilot(event.target.checked)}>
        {t('scalingForm.pilot')}
      </Checkbox>
      <Button htmlType="submit" type={policy ? 'default' : 'primary'} loading={setting.isPending}>
        {policy ? t('scaling.changePolicy') : t('scaling.setPolicy')}
      </Button>
      {setting.isError && <Failure error={setting.error} />}
    </form>
  );
}
