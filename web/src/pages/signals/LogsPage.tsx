import { Alert, Checkbox, Input, Switch } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFurther } from '../../api/discovery';
import { useLogHistogram, useLogs } from '../../api/signals';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { useAddress } from '../../discovery/address';
import { useDebounced } from '../../discovery/debounced';
import { momentOf } from '../../discovery/moments';
import { useLanguage } from '../../i18n';
import { LogHistogram } from './LogHistogram';
import { LogLines } from './LogLines';
import { SubjectBar } from './SubjectBar';
import { SEVERITIES } from './severities';
import { useRange, useSubject } from './subject';
import { joined, useLogTail } from './tail';

/** Log lines: searched, counted, and followed as they come. */
export function Component() {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { of, patch } = useAddress();
  const subject = useSubject();
  const range = useRange();
  const q = useDebounced(of('q'));
  const query = { q, severity: of('severity'), trace: of('trace') };
  const following = of('follow') === 'true' && range.at === '';
  const logs = useLogs(subject, query, range);
  const histogram = useLogHistogram(subject, query, range);
  const followed = useLogTail(subject, query, following);
  const further = useFurther(logs);
  const items = useMemo(() => {
    const searched = logs.data?.pages.flatMap((page) => page.items) ?? [];
    return following ? joined(followed.lines, searched) : searched;
  }, [logs.data, following, followed.lines]);
  const chosen = query.severity === '' ? [] : query.severity.split(',');
  const first = logs.data?.pages[0];
  return (
    <div className="stack">
      <title>{`${t('signals.page.logs')} · Bridgewatch`}</title>
      <h1>{t('signals.page.logs')}</h1>
      <SubjectBar subject={subject} range={range} />
      <div className="page-head">
        <Input
          className="search"
          allowClear
          aria-label={t('logs.search')}
          placeholder={t('logs.search')}
          maxLength={500}
          value={of('q')}
          onChange={(event) => patch({ q: event.target.value })}
        />
        <Checkbox.Group
          aria-label={t('logs.severities')}
          value={chosen}
          onChange={(next) =>
            patch({ severity: next.length === SEVERITIES.length ? null : next.join(',') })
          }
          options={SEVERITIES.map((severity) => ({
            value: severity.toLowerCase(),
            label: t(`severity.${severity}`),
          }))}
        />
        <Switch
          checked={following}
          disabled={range.at !== ''}
          aria-label={t('logs.follow')}
          title={range.at === '' ? t('logs.follow') : t('logs.followNowOnly')}
          onChange={(on) => patch({ follow: on ? 'true' : null })}
        />
        <span>{t('logs.follow')}</span>
        {query.trace !== '' && (
          <button type="button" className="facet" onClick={() => patch({ trace: null })}>
            {t('logs.ofTrace', { trace: query.trace })} ×
          </button>
        )}
      </div>
      {following && (
        <p className="quiet small" role="status">
          {t(`logs.${followed.state}`)}
          {followed.skipped > 0 && ` · ${t('logs.skipped', { count: followed.skipped })}`}
        </p>
      )}
      {following && followed.state === 'broken' && (
        <Alert type="warning" showIcon title={t('logs.brokenHelp')} />
      )}
      {histogram.data && (
        <LogHistogram
          histogram={histogram.data}
          onChoose={(end, minutes) =>
            patch({ at: momentOf(end), last: String(Math.max(1, Math.ceil(minutes))) }, false)
          }
        />
      )}
      {logs.isPending && <Loading />}
      {logs.isError && (
        <Failure
          error={logs.error}
          onRetry={() => (logs.isFetchNextPageError ? further.load() : void logs.refetch())}
        />
      )}
      {first && (
        <p className="quiet small">
          {t('logs.total', { count: first.total, shown: first.total.toLocaleString(lang) })}
          {first.exact ? '' : '+'}
        </p>
      )}
      {first && items.length === 0 && (
        <EmptyState title={t('logs.noneTitle')} text={t('logs.noneText')} />
      )}
      {items.length > 0 && (
        <LogLines tall label={t('signals.page.logs')} items={items} further={further} />
      )}
    </div>
  );
}
