import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { NotFoundPage } from '../pages/NotFoundPage';
import { Failure } from './Failure';

/** Shown in place of a page that threw, or whose code could not be loaded. */
export function RouteFailure() {
  const { t } = useTranslation();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  const chunkLost = error instanceof TypeError && /import|module|fetch/i.test(error.message);
  return (
    <div className="page narrow">
      {chunkLost ? <p role="alert">{t('errors.chunk')}</p> : <Failure error={error} />}
      <p>
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('common.reload')}
        </Button>
      </p>
    </div>
  );
}
