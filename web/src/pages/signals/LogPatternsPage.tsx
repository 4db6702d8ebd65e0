import { Checkbox, Input, Segmented } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { boundsOf, useLogPatterns } from '../../api/signals';
import type { LogPatternPage } from '../../api/types';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { Pager, usePaging } from '../../components/Pager';
import { useAddress } from '../../discovery/address';
import { useDebounced } from '../../discovery/debounced';
import { useLanguage } from '../../i18n';
import { PatternTable } from './PatternTable';
import { SubjectBar } from './SubjectBar';
import { SEVERITIES } from './severities';
import { useRange, useSubject } from './subject';

const MINUTE_MILLIS = 60_000;

/** What log lines say, by the statement that wrote them: how often, and since when. */
export function Component() {
  const { t } = useTranslation();
  const { of, patch } = useAddress();
  const subject = useSubject();
  const range = useRange();
  const onlyNew = of('new') === 'true';
  const severity = of('severity');
  const q = useDebounced(of('q'));
  const sort = of('sort') === 'first-seen' ? 'first-seen' : 'lines';
  // To the minute, so that the question stays the same while now moves on.
  const since = Math.floor(Date.parse(boundsOf(range).from) / MINUTE_MILLIS) * MINUTE_MILLIS;
  const query = { q, severity, sort, newSince: onlyNew ? new Date(since).toISOString() : '' };
  const paging = usePaging();
  const { first } = paging;
  const asked = JSON.stringify([subject, range, q, severity, sort, onlyNew]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins with its first page
  useEffect(first, [asked, first]);
  const patterns = useLogPatterns(subject, query, range, paging.cursor);
  const page = patterns.data;
  return (
    <div className="stack">
      <title>{`${t('signals.page.log-patterns')} · Bridgewatch`}</title>
      <h1>{t('signals.page.log-patterns')}</h1>
      <SubjectBar subject={subject} range={range} />
      <div className="page-head">
        <Input
          className="search"
          allowClear
          aria-label={t('patterns.search')}
          placeholder={t('patterns.search')}
          maxLength={200}
          value={of('q')}
          onChange={(event) => patch({ q: event.target.value })}
        />
        <Checkbox.Group
          aria-label={t('logs.severities')}
          value={severity === '' ? [] : severity.split(',')}
          onChange={(next) =>
            patch({ severity: next.length === SEVERITIES.length ? null : next.join(',') })
          }
          options={SEVERITIES.map((one) => ({
            value: one.toLowerCase(),
            label: t(`severity.${one}`),
          }))}
        />
        <span>{t('patterns.newSince')}</span>
        <Segmented<string>
          size="small"
          aria-label={t('patterns.newSince')}
          value={onlyNew ? 'true' : ''}
          onChange={(next) => patch({ new: next })}
          options={[
            { value: '', label: t('patterns.anyTime') },
            { value: 'true', label: t('patterns.newInRange') },
          ]}
        />
        <Segmented<string>
          size="small"
          aria-label={t('patterns.sort')}
          value={sort}
          onChange={(next) => patch({ sort: next === 'lines' ? null : next })}
          options={[
            { value: 'lines', label: t('patterns.byLines') },
            { value: 'first-seen', label: t('patterns.byFirstSeen') },
          ]}
        />
      </div>
      {patterns.isPending && <Loading />}
      {patterns.isError && (
        <Failure error={patterns.error} onRetry={() => void patterns.refetch()} />
      )}
      {page && <Totals page={page} />}
      {page && page.items.length === 0 && (
        <EmptyState title={t('patterns.noneTitle')} text={t('patterns.noneText')} />
      )}
      {page && page.items.length > 0 && (
        <PatternTable patterns={page.items} from={page.from} range={range} />
      )}
      {page && <Pager paging={paging} next={page.next} total={page.total} />}
    </div>
  );
}

/** How much it is, and what the numbers lack. */
function Totals({ page }: { page: LogPatternPage }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { withoutRoom, uncounted } = page.learning;
  return (
    <p className="quiet small">
      {t('patterns.total', { count: page.total, lines: page.lines.toLocaleString(lang) })}
      {withoutRoom > 0 && ` · ${t('patterns.withoutRoom', { count: withoutRoom })}`}
      {uncounted > 0 && ` · ${t('patterns.uncounted', { count: uncounted })}`}
    </p>
  );
}
