import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { IncidentSummary } from '../api/types';
import { Ago } from './Ago';

/** Whether an incident of a watched cluster goes on, and since when; nothing for recorded ones. */
export function IncidentStatus({ status, live }: Pick<IncidentSummary, 'status' | 'live'>) {
  const { t } = useTranslation();
  if (!live || status === 'RECORDED') return null;
  return status === 'OPEN' ? (
    <Tag className="incident-status" color="error">
      {t('incidents.open')} <Ago value={live.openedAt} />
    </Tag>
  ) : (
    <Tag className="incident-status">
      {t('incidents.closed')} <Ago value={live.closedAt ?? live.lastSeenAt} />
    </Tag>
  );
}
