import { useTranslation } from 'react-i18next';
import type { TelemetryPipeline } from '../../api/types';
import { formatNumber } from '../../format/value';

/** Which traces are kept, at what rate, and the metrics that are made of all of them. */
export function Sampling({ pipeline }: { pipeline: TelemetryPipeline }) {
  const { t, i18n } = useTranslation();
  const { sampling, calls, transactions } = pipeline;
  const count = (value: number) => value.toLocaleString(i18n.language);
  const share = (value: number) =>
    value.toLocaleString(i18n.language, { style: 'percent', maximumSignificantDigits: 3 });
  return (
    <section className="panel stack" aria-label={t('sampling.title')}>
      <h2>{t('sampling.title')}</h2>
      <p role="status">
        {sampling.spansPerSecond === 0
          ? t('sampling.all')
          : t(sampling.gathering ? 'sampling.chosen' : 'sampling.below', {
              budget: count(sampling.spansPerSecond),
              flow: formatNumber(sampling.flow, i18n.language),
            })}
      </p>
      <dl className="figures">
        <Figure name={t('sampling.ordinary')} value={share(sampling.ordinaryRate)} />
        <Figure
          name={t('sampling.remarkable')}
          value={share(sampling.remarkableRate)}
          bad={sampling.remarkableRate < 1}
        />
        <Figure name={t('sampling.unchosen')} value={count(sampling.unchosenSpans)} />
        <Figure name={t('sampling.waiting')} value={count(sampling.waiting)} />
        <Figure name={t('sampling.early')} value={count(sampling.early)} bad={sampling.early > 0} />
        <Figure name={t('sampling.late')} value={count(sampling.late)} />
      </dl>
      {sampling.decided.length > 0 && (
        <table className="table" aria-label={t('sampling.decided')}>
          <thead>
            <tr>
              <th scope="col">{t('sampling.reason')}</th>
              <th scope="col">{t('sampling.traces')}</th>
              <th scope="col">{t('sampling.spans')}</th>
            </tr>
          </thead>
          <tbody>
            {sampling.decided.map(({ reason, traces, spans }) => (
              <tr key={reason}>
                <td>{t(`sampling.reasons.${reason}`)}</td>
                <td>{count(traces)}</td>
                <td>{count(spans)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="quiet small" data-bad={calls.lost > 0}>
        {t('sampling.calls', {
          kept: count(calls.kept),
          waiting: count(calls.waiting),
          lost: count(calls.lost),
          early: count(calls.settledEarly),
        })}
      </p>
      <p className="quiet small" data-bad={transactions.lost + transactions.overflowed > 0}>
        {t('sampling.transactions', {
          kept: count(transactions.kept),
          waiting: count(transactions.waiting),
          lost: count(transactions.lost),
          overflowed: count(transactions.overflowed),
        })}
      </p>
    </section>
  );
}

function Figure({ name, value, bad = false }: { name: string; value: string; bad?: boolean }) {
  return (
    <div data-bad={bad}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
