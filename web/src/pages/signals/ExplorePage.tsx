import { Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFurther } from '../../api/discovery';
import { type Range, type Subject, useLogs, useSignals, useSpans } from '../../api/signals';
import type { MetricInfo, Signals } from '../../api/types';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { useAddress } from '../../discovery/address';
import { useLanguage } from '../../i18n';
import { LogLines } from './LogLines';
import { MetricPanel } from './MetricPanel';
import { SpanTable } from './SpanTable';
import { SubjectBar } from './SubjectBar';
import { signalPath, useRange, useSubject } from './subject';

/** All signals of one thing, over one time. */
export function Component() {
  const { t } = useTranslation();
  const { of } = useAddress();
  const subject = useSubject();
  const range = useRange();
  const signals = useSignals(subject, range);
  const metric = of('metric');
  const none =
    signals.data &&
    signals.data.metricsTotal === 0 &&
    signals.data.logs.count === 0 &&
    signals.data.spans.count === 0;
  return (
    <div className="stack">
      <title>{`${subject.name || t('signals.page.explore')} · Bridgewatch`}</title>
      <h1>{t('signals.page.explore')}</h1>
      <SubjectBar subject={subject} range={range} />
      {signals.isPending && <Loading />}
      {signals.isError && <Failure error={signals.error} onRetry={() => void signals.refetch()} />}
      {none && <EmptyState title={t('signals.noneTitle')} text={t('signals.noneText')} />}
      {signals.data && !none && (
        <div className="explore-columns">
          <MetricList signals={signals.data} />
          <div className="stack">
            {metric === '' ? (
              <p className="panel quiet">{t('signals.choose')}</p>
            ) : (
              <MetricPanel metric={metric} subject={subject} range={range} />
            )}
            <Lines subject={subject} range={range} signals={signals.data} />
            <Traces subject={subject} range={range} signals={signals.data} />
          </div>
        </div>
      )}
    </div>
  );
}

function MetricList({ signals }: { signals: Signals }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { of, patch } = useAddress();
  const [typed, setTyped] = useState('');
  const metrics = useMemo(() => namesOf(signals.metrics, typed), [signals.metrics, typed]);
  return (
    <section className="panel metric-list" aria-label={t('signals.metrics')}>
      <Input
        allowClear
        aria-label={t('signals.searchMetrics')}
        placeholder={t('signals.searchMetrics')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul>
        {metrics.map(({ name, series, tells }) => (
          <li key={name} className={tells ? 'key-metric' : ''}>
            <button
              type="button"
              aria-pressed={of('metric') === name}
              onClick={() => patch({ metric: name, view: null, by: null })}
            >
              <span className="line-name">{name}</span>
              {tells && <span className="golden">{t(`golden.${tells}`)}</span>}
              <span className="facet-count">{series.toLocaleString(lang)}</span>
            </button>
          </li>
        ))}
      </ul>
      {metrics.length === 0 && <p className="quiet small">{t('signals.noMetric')}</p>}
      {signals.metricsTotal > signals.metrics.length && (
        <p className="quiet small">
          {t('signals.moreMetrics', { count: signals.metricsTotal - signals.metrics.length })}
        </p>
      )}
    </section>
  );
}

/** One entry for each name, whatever the units and kinds; those in whose name all words occur. */
export function namesOf(metrics: readonly MetricInfo[], typed: string) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = new Map<string, Pick<MetricInfo, 'name' | 'series' | 'tells'>>();
  for (const { name, series, tells } of metrics) {
    if (words.every((word) => name.toLowerCase().includes(word))) {
      found.set(name, { name, tells, series: (found.get(name)?.series ?? 0) + series });
    }
  }
  return [...found.values()];
}

interface Part {
  subject: Subject;
  range: Range;
  signals: Signals;
}

function Lines({ subject, range, signals }: Part) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const logs = useLogs(subject, { q: '', severity: '', trace: '' }, range, signals.logs.count > 0);
  const items = useMemo(() => logs.data?.pages.flatMap((page) => page.items) ?? [], [logs.data]);
  const further = useFurther(logs);
  if (signals.logs.count === 0) return <p className="panel quiet">{t('logs.none')}</p>;
  return (
    <section className="stack-tight">
      <h2>
        <Link to={signalPath('/logs', subject, range)}>
          {t('signals.page.logs')} ({signals.logs.count.toLocaleString(lang)}
          {signals.logs.exact ? '' : '+'})
        </Link>
      </h2>
      {logs.isError && <Failure error={logs.error} onRetry={() => void logs.refetch()} />}
      <LogLines label={t('signals.page.logs')} items={items} further={further} />
    </section>
  );
}

function Traces({ subject, range, signals }: Part) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const spans = useSpans(
    subject,
    { service: '', operation: '', atLeast: '', failed: '', spans: 'any' },
    range,
    signals.spans.count > 0,
  );
  if (signals.spans.count === 0) return <p className="panel quiet">{t('traces.none')}</p>;
  return (
    <section className="stack-tight">
      <h2>
        <Link to={signalPath('/traces', subject, range, { spans: 'any' })}>
          {t('signals.page.traces')} ({signals.spans.count.toLocaleString(lang)}
          {signals.spans.exact ? '' : '+'})
        </Link>
      </h2>
      {spans.isError && <Failure error={spans.error} onRetry={() => void spans.refetch()} />}
      {spans.data && <SpanTable spans={spans.data.pages[0]?.items ?? []} />}
    </section>
  );
}
