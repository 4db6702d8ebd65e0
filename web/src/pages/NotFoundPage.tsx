import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../components/EmptyState';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t('errors.notFoundTitle')}
      text={t('errors.notFound')}
      action={<Link to="/incidents">{t('errors.backToIncidents')}</Link>}
    />
  );
}
