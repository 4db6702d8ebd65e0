import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSetPolicy } from '../../../api/scaling';
import type { LearnedPolicy, NewScalingPolicy, ScalableWorkloadDetail } from '../../../api/types';
import { CopyButton } from '../../../components/CopyButton';
import { Failure } from '../../../components/Failure';
import { toYaml } from '../../entity/yaml';

/** Makes the learned policy that of the workload; it begins to act no sooner than any other. */
export function UseLearned({
  learned,
  detail: { workload, policy },
  may,
}: {
  learned: LearnedPolicy;
  detail: ScalableWorkloadDetail;
  may: boolean;
}) {
  const { t } = useTranslation();
  const setting = useSetPolicy();
  const [seen, setSeen] = useState(false);
  const text = useMemo(() => toYaml(learned.manifest), [learned.manifest]);
  const set = () =>
    setting.mutate({
      cluster: workload.cluster,
      namespace: workload.namespace,
      targetKind: workload.kind as NewScalingPolicy['targetKind'],
      targetName: workload.name,
      ...(policy ? { name: policy.name, hpaName: policy.hpaName } : {}),
      downstreams: policy?.downstreams ?? [],
      pilot: policy?.pilot ?? false,
      ...(learned.rules as Pick<
        NewScalingPolicy,
        'minReplicas' | 'maxReplicas' | 'metrics' | 'behavior'
      >),
    });
  return (
    <div className="stack">
      <div className="page-head">
        {may && (policy === null || policy.source === 'HUB') && (
          <Button type="primary" loading={setting.isPending} onClick={set}>
            {t('lab.use')}
          </Button>
        )}
        <Button onClick={() => setSeen(!seen)} aria-expanded={seen}>
          {seen ? t('scaling.hideManifest') : t('scaling.showManifest')}
        </Button>
        {seen && <CopyButton what={t('scaling.manifest')} text={text} />}
      </div>
      {setting.isError && <Failure error={setting.error} />}
      {setting.isSuccess && <p role="status">{t('lab.used')}</p>}
      {seen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <pre className="panel object-text" tabIndex={0}>
          {text}
        </pre>
      )}
    </div>
  );
}
