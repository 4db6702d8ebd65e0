import { Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTransaction } from '../../api/transactions';
import type { Transaction } from '../../api/types';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { Time } from '../../components/Time';
import { useAddress } from '../../discovery/address';
import { MINUTE } from '../../discovery/moments';
import { formatAge } from '../../format/time';
import { formatValue } from '../../format/value';
import { useLanguage } from '../../i18n';
import { LogLines } from './LogLines';
import { SampledTag } from './SampledTag';
import { useRange } from './subject';
import { TransactionRules } from './TransactionRules';

const LASTS = [60, 360, 1_440, 10_080] as const;
const ALL_THERE = { complete: true, loading: false, load: () => {}, onEnd: () => {} };

/** A business transaction by its serial number, and the rules by which transactions are known. */
export function Component() {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { of, patch } = useAddress();
  const range = useRange();
  const serial = of('serial');
  const transaction = useTransaction(serial, range);
  return (
    <div className="stack">
      <title>{`${t('transactions.title')} · Bridgewatch`}</title>
      <Link className="small" to="/traces">
        {t('signals.page.traces')}
      </Link>
      <h1>{t('transactions.title')}</h1>
      <div className="page-head">
        <Input.Search
          className="filter"
          allowClear
          aria-label={t('transactions.serial')}
          placeholder={t('transactions.serial')}
          defaultValue={serial}
          onSearch={(next) => patch({ serial: next.trim() === '' ? null : next.trim() })}
        />
        <Segmented<number>
          size="small"
          aria-label={t('signals.last')}
          value={range.minutes}
          onChange={(minutes) => patch({ last: String(minutes) })}
          options={LASTS.map((value) => ({
            value,
            label: formatAge(value * MINUTE, lang),
          }))}
        />
      </div>
      {serial === '' && <p className="quiet">{t('transactions.hint')}</p>}
      {serial !== '' && transaction.isPending && <Loading />}
      {transaction.isError && (
        <Failure error={transaction.error} onRetry={() => void transaction.refetch()} />
      )}
      {transaction.data && <Found transaction={transaction.data} />}
      <TransactionRules />
    </div>
  );
}

function Found({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { traces, tracesMore, tracesNotKept, logs, logsTotal } = transaction;
  if (traces.length === 0 && logs.length === 0) {
    return <EmptyState title={t('transactions.noneTitle')} text={t('transactions.noneText')} />;
  }
  return (
    <>
      <section className="stack-tight" aria-label={t('transactions.traces')}>
        <h2>{t('transactions.traces')}</h2>
        {traces.map((trace) => (
          <p key={trace.traceId} className="panel">
            <strong>{trace.name || t('transactions.unnamed')}</strong>{' '}
            <Link to={`/traces/${encodeURIComponent(trace.traceId)}`}>
              {trace.service} {trace.operation || t('common.none')}
            </Link>{' '}
            <span className="quiet">
              <Time value={trace.start} /> · {formatValue(trace.durationMillis / 1000, 's', lang)} ·{' '}
              {t('traces.spanCount', { count: trace.spans })}
            </span>{' '}
            {trace.failed > 0 && (
              <strong className="bad">{t('traces.failedCount', { count: trace.failed })}</strong>
            )}{' '}
            <SampledTag sampled={trace.sampled} />
          </p>
        ))}
        {tracesMore > 0 && (
          <p className="quiet small">{t('transactions.more', { count: tracesMore })}</p>
        )}
        {tracesNotKept.length > 0 && (
          <p className="quiet small">
            {t('transactions.notKept', { count: tracesNotKept.length })}{' '}
            <span className="mono">{tracesNotKept.join(', ')}</span>
          </p>
        )}
      </section>
      <section className="stack-tight">
        <h2>
          {t('transactions.lines')} ({logsTotal.count.toLocaleString(lang)})
        </h2>
        {logs.length === 0 ? (
          <p className="panel quiet">{t('transactions.noLines')}</p>
        ) : (
          <LogLines label={t('transactions.lines')} items={logs} further={ALL_THERE} />
        )}
      </section>
    </>
  );
}
