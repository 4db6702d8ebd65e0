import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SpanRow } from '../../api/types';
import { Time } from '../../components/Time';
import { formatValue } from '../../format/value';
import { useLanguage } from '../../i18n';
import { SampledTag } from './SampledTag';

/** Spans, each leading to its trace. */
export function SpanTable({ spans }: { spans: SpanRow[] }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  return (
    <div className="panel flush scroll-x">
      <table className="span-table" aria-label={t('traces.spans')}>
        <thead>
          <tr>
            <th scope="col">{t('traces.start')}</th>
            <th scope="col">{t('traces.service')}</th>
            <th scope="col">{t('traces.operation')}</th>
            <th scope="col" className="number">
              {t('traces.duration')}
            </th>
            <th scope="col">{t('traces.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {spans.map((span) => (
            <tr key={`${span.traceId}/${span.spanId}`} data-failed={span.failed}>
              <td>
                <Time value={span.start} />
              </td>
              <td>{span.service}</td>
              <td>
                <Link
                  to={`/traces/${encodeURIComponent(span.traceId)}#${encodeURIComponent(span.spanId)}`}
                >
                  {span.name || t('common.none')}
                </Link>
              </td>
              <td className="number">{formatValue(span.durationMillis / 1000, 's', lang)}</td>
              <td>
                {span.failed && <strong className="bad">{t('traces.failed')}</strong>}{' '}
                <SampledTag sampled={span.sampled} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
