import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';

export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className="panel" role="status" aria-label={t('common.loading')}>
      <Skeleton active title paragraph={{ rows }} />
    </div>
  );
}
