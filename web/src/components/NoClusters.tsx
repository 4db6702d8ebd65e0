import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useClusters } from '../api/discovery';
import { useSession } from '../api/queries';
import { EmptyState } from './EmptyState';

const START = './bw serve --kubeconfig ~/.kube/config';

/** What to do where no cluster is watched yet. */
export function NoClusters() {
  const { t } = useTranslation();
  const session = useSession();
  const admin = session.data?.roles.includes('ADMIN') ?? false;
  return (
    <EmptyState
      title={t('clusters.emptyTitle')}
      text={t('clusters.emptyText')}
      action={
        <>
          <code className="command">{START}</code>
          {admin && <Link to="/clusters?register=true">{t('clusters.emptyAction')}</Link>}
        </>
      }
    />
  );
}

/** Whether it is known that no cluster is watched. */
export function useNoClusters(): boolean {
  const clusters = useClusters();
  return clusters.data?.items.length === 0;
}
