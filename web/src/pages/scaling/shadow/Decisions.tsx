import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShadowDecision } from '../../../api/types';
import { Ago } from '../../../components/Ago';
import { Time } from '../../../components/Time';
import { formatTime } from '../../../format/time';
import { Explanation } from './Explanation';

/** Decisions, the newest first; each opens to its explanation. */
export function Decisions({ items }: { items: readonly ShadowDecision[] }) {
  const { t } = useTranslation();
  return (
    <ol className="decisions" aria-label={t('shadow.decisions')}>
      {items.map((decision) => (
        <Decision key={decision.time} decision={decision} />
      ))}
    </ol>
  );
}

function Decision({ decision }: { decision: ShadowDecision }) {
  const { t, i18n } = useTranslation();
  const details = useId();
  const [open, setOpen] = useState(false);
  const { time, inForce, wanted } = decision;
  return (
    <li>
      <div className="decision">
        <Button
          type="text"
          size="small"
          icon={open ? <DownOutlined /> : <RightOutlined />}
          aria-expanded={open}
          aria-controls={details}
          aria-label={t('shadow.explain', { time: formatTime(time, i18n.language) })}
          onClick={() => setOpen(!open)}
        />
        <span className="nowrap">
          <Time value={time} />{' '}
          <span className="quiet small">
            <Ago value={time} />
          </span>
        </span>
        <span className="decision-replicas">{t('shadow.replicas', { inForce, wanted })}</span>
        <span className="decision-why">
          <Why decision={decision} />
        </span>
      </div>
      {open && (
        <div id={details} className="decision-details">
          <Explanation decision={decision} />
        </div>
      )}
    </li>
  );
}

/** In a few words; the explanation has the rest. */
function Why({ decision }: { decision: ShadowDecision }) {
  const { t } = useTranslation();
  const { metrics, recommended, stabilised, limitedBy, error } = decision;
  const leftOut = metrics.some((metric) => metric.leftOut.length > 0);
  return (
    <>
      {reasonOf(decision, t)} {recommended !== stabilised && <Tag>{t('shadow.held')}</Tag>}
      {limitedBy !== '' && <Tag color="warning">{t('shadow.cut')}</Tag>}
      {leftOut && <Tag>{t('shadow.someLeftOut')}</Tag>}
      {error !== '' && <Tag color="error">{t('shadow.failed')}</Tag>}
    </>
  );
}

function reasonOf(decision: ShadowDecision, t: TFunction): string {
  const { winner, metrics, recommended, inForce, wanted } = decision;
  if (winner !== '') {
    return t('shadow.won', { metric: winner, replicas: recommended ?? t('common.none') });
  }
  if (metrics.length > 0) return t('shadow.unable');
  return inForce === 0 && wanted === 0 ? t('shadow.atZero') : t('shadow.bounded');
}
