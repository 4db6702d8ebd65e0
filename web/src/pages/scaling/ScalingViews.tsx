import { useTranslation } from 'react-i18next';
import { Views } from '../../components/Views';
import { withQuery } from '../../discovery/address';

/** The pages of scaling. */
export function ScalingViews({
  current,
  cluster,
}: {
  current: 'workloads' | 'report' | 'calendar';
  cluster: string;
}) {
  const { t } = useTranslation();
  return (
    <Views
      label={t('scaling.title')}
      current={current}
      views={[
        { name: 'workloads', text: t('scaling.workloads'), to: withQuery('/scaling', { cluster }) },
        {
          name: 'report',
          text: t('report.title'),
          to: withQuery('/scaling/report', { cluster }),
        },
        {
          name: 'calendar',
          text: t('calendar.title'),
          to: withQuery('/scaling/calendar', { cluster }),
        },
      ]}
    />
  );
}
