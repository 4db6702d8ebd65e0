import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { UnservedMetric } from '../../api/types';
import { CopyButton } from '../../components/CopyButton';

/** Metrics that an autoscaler would not get, who owns their group, and the ways out. */
export function Unserved({ metrics }: { metrics: UnservedMetric[] }) {
  const { t } = useTranslation();
  return metrics.map((metric) => (
    <Alert
      key={`${metric.group} ${metric.metric}`}
      type="warning"
      showIcon
      title={metric.text}
      description={
        <>
          <p>{t('scaling.unserved')}</p>
          <ul>
            {metric.ways.map((way) => (
              <li key={way.text}>
                {way.text}
                {way.yaml !== null && (
                  <>
                    {' '}
                    <CopyButton what={way.text} text={way.yaml} />
                    <pre className="object-text">{way.yaml}</pre>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      }
    />
  ));
}
