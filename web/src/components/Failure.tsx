import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Problem, UNREACHABLE } from '../api/client';

/** What could not be done, in the hub's words where it has any, with its reason to search for. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const explain = useExplanation();
  const problem = error instanceof Problem ? error : null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={problem?.title || t('errors.title')}
      description={
        <>
          <div>{explain(error)}</div>
          {problem && problem.reason !== UNREACHABLE && (
            <div className="quiet small">{t('errors.reason', { reason: problem.reason })}</div>
          )}
        </>
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        )
      }
    />
  );
}

export function useExplanation(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof Problem)) {
      return t('errors.script', {
        message: error instanceof Error ? error.message : String(error),
      });
    }
    if (error.reason === UNREACHABLE) return t('errors.HubUnreachable');
    if (error.detail !== '') return error.detail;
    if (error.status === 403) return t('errors.Http403');
    return t('errors.other', { status: error.status });
  };
}
