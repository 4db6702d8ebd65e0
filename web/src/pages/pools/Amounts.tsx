import { useTranslation } from 'react-i18next';
import { formatAmount } from '../../discovery/facts';
import { formatShare } from '../../format/value';

const UNITS = { cpu: '{core}', memory: 'By', pods: '1' } as const;

/** Above this share of what can be given away, little is left. */
const TIGHT = 0.9;

/**
 * How much of a resource there is, can be given away and is asked for, as bars of one scale; in
 * words and numbers beside them.
 */
export function Amounts({
  resource,
  lang,
  capacity,
  allocatable,
  requests,
  limits,
}: {
  resource: 'cpu' | 'memory' | 'pods';
  lang: string;
  capacity?: number | undefined;
  allocatable?: number | undefined;
  requests: number;
  limits?: number | undefined;
}) {
  const { t } = useTranslation();
  const most = Math.max(capacity ?? 0, allocatable ?? 0, requests, limits ?? 0);
  const share = allocatable ? requests / allocatable : null;
  const rows = (
    [
      ['capacity', capacity],
      ['allocatable', allocatable],
      ['requests', requests],
      ['limits', limits],
    ] as const
  ).filter(([, amount]) => amount !== undefined);
  return (
    <dl className="amounts" data-tight={share !== null && share > TIGHT}>
      <div className="amounts-title">
        <dt className="strong">
          {resource === 'pods' ? t('column.pods') : t(`pools.${resource}`)}
        </dt>
        <dd>{share !== null && t('pools.share', { share: formatShare(share, lang) })}</dd>
      </div>
      {rows.map(([name, amount = 0]) => (
        <div key={name} data-amount={name}>
          <dt>
            {resource === 'pods' && name === 'requests' ? t('pools.running') : t(`pools.${name}`)}
          </dt>
          <dd>
            <span className="amounts-scale">
              <span
                className="amounts-bar"
                style={{ width: `${most === 0 ? 0 : (amount / most) * 100}%` }}
              />
            </span>
            <span className="amounts-number">{formatAmount(amount, UNITS[resource], lang)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
