import { Alert, Button, InputNumber, Progress, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCancelLearning, useLearn, type WorkloadAddress } from '../../../api/scaling';
import type { LearningJob, ReserveFor } from '../../../api/types';
import { Failure } from '../../../components/Failure';

const USUAL_DAYS = 14;
const MOST_DAYS = 60;
const RESERVES: ReserveFor[] = ['NOTHING', 'REPLICA', 'ZONE'];

/** Starts learning from the workload's history, tells how far it is, and can end it. */
export function Learn({
  address,
  job,
  again,
}: {
  address: WorkloadAddress;
  job: LearningJob | null;
  /** Whether something was learned already. */
  again: boolean;
}) {
  const { t } = useTranslation();
  const learning = useLearn();
  const cancelling = useCancelLearning();
  const [days, setDays] = useState(USUAL_DAYS);
  const [min, setMin] = useState<number | null>(null);
  const [max, setMax] = useState<number | null>(null);
  const [reserve, setReserve] = useState<ReserveFor>('REPLICA');
  const [hurt, setHurt] = useState<number | null>(null);
  const runs = job !== null && (job.state === 'QUEUED' || job.state === 'RUNNING');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    learning.mutate({
      cluster: address.cluster,
      namespace: address.namespace,
      targetKind: address.kind as 'Deployment' | 'StatefulSet',
      targetName: address.name,
      days,
      minReplicas: min,
      maxReplicas: max,
      reserve,
      mostHurt: hurt === null ? null : hurt / 100,
    });
  };
  if (runs) {
    return (
      <div className="panel page-head" aria-label={t('lab.learning')} role="status">
        <span>{t(`lab.state.${job.state}`)}</span>
        <Progress percent={Math.round(job.progress * 100)} className="filter" />
        <Button loading={cancelling.isPending} onClick={() => cancelling.mutate(address)}>
          {t('lab.cancel')}
        </Button>
        {cancelling.isError && <Failure error={cancelling.error} />}
      </div>
    );
  }
  return (
    <>
      {job !== null && job.message !== '' && (
        <Alert
          type="warning"
          showIcon
          title={t(`lab.state.${job.state}`)}
          description={job.message}
        />
      )}
      <form className="panel placement" onSubmit={submit} aria-label={t('lab.form')}>
        <label htmlFor="lab-days">
          <span className="quiet small">{t('lab.days')}</span>
          <InputNumber
            id="lab-days"
            value={days}
            min={1}
            max={MOST_DAYS}
            precision={0}
            onChange={(next) => setDays(next ?? USUAL_DAYS)}
          />
        </label>
        <label htmlFor="lab-min">
          <span className="quiet small">{t('lab.least')}</span>
          <InputNumber
            id="lab-min"
            value={min}
            min={1}
            max={10_000}
            precision={0}
            placeholder={t('lab.inForce')}
            onChange={setMin}
          />
        </label>
        <label htmlFor="lab-max">
          <span className="quiet small">{t('lab.most')}</span>
          <InputNumber
            id="lab-max"
            value={max}
            min={1}
            max={10_000}
            precision={0}
            placeholder={t('lab.measured')}
            onChange={setMax}
          />
        </label>
        <label htmlFor="lab-reserve">
          <span className="quiet small">{t('lab.reserve')}</span>
          <Select
            id="lab-reserve"
            value={reserve}
            options={RESERVES.map((one) => ({ value: one, label: t(`lab.reserveFor.${one}`) }))}
            onChange={setReserve}
          />
        </label>
        <label htmlFor="lab-hurt">
          <span className="quiet small">{t('lab.mostHurt')}</span>
          <InputNumber
            id="lab-hurt"
            value={hurt}
            min={0}
            max={100}
            step={0.1}
            placeholder={t('lab.beat')}
            onChange={setHurt}
          />
        </label>
        <Button htmlType="submit" type={again ? 'default' : 'primary'} loading={learning.isPending}>
          {again ? t('lab.learnAgain') : t('lab.learn')}
        </Button>
        {learning.isError && <Failure error={learning.error} />}
      </form>
    </>
  );
}
