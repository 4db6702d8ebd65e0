import { Button, Checkbox, Input, InputNumber, Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFurther } from '../../api/discovery';
import { useSpans } from '../../api/signals';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { useAddress, withQuery } from '../../discovery/address';
import { useDebounced } from '../../discovery/debounced';
import { useLanguage } from '../../i18n';
import { SpanTable } from './SpanTable';
import { SubjectBar } from './SubjectBar';
import { useRange, useSubject } from './subject';

/** Traces by what their spans are like. */
export function Component() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const lang = useLanguage();
  const { of, patch } = useAddress();
  const subject = useSubject();
  const range = useRange();
  const any = of('spans') === 'any';
  const query = {
    service: useDebounced(of('service')),
    operation: useDebounced(of('operation')),
    atLeast: useDebounced(of('atLeast')),
    failed: of('failed'),
    spans: any ? 'any' : 'root',
  };
  const spans = useSpans(subject, query, range);
  const further = useFurther(spans);
  const items = useMemo(() => spans.data?.pages.flatMap((page) => page.items) ?? [], [spans.data]);
  const first = spans.data?.pages[0];
  return (
    <div className="stack">
      <title>{`${t('signals.page.traces')} · Bridgewatch`}</title>
      <h1>{t('signals.page.traces')}</h1>
      <SubjectBar subject={subject} range={range} />
      <Input.Search
        className="filter"
        aria-label={t('transactions.serial')}
        placeholder={t('transactions.serial')}
        onSearch={(serial) =>
          serial.trim() !== '' &&
          void navigate(withQuery('/transactions', { serial: serial.trim(), last: of('last') }))
        }
      />
      <div className="page-head">
        {(['service', 'operation'] as const).map((field) => (
          <Input
            key={field}
            className="filter"
            allowClear
            aria-label={t(`traces.${field}`)}
            placeholder={t(`traces.${field}`)}
            value={of(field)}
            onChange={(event) => patch({ [field]: event.target.value })}
          />
        ))}
        <InputNumber<number>
          min={0}
          aria-label={t('traces.atLeast')}
          placeholder={t('traces.atLeast')}
          suffix="ms"
          value={of('atLeast') === '' ? null : Number(of('atLeast'))}
          onChange={(value) => patch({ atLeast: value ? String(value) : null })}
        />
        <Checkbox
          checked={of('failed') === 'true'}
          onChange={(event) => patch({ failed: event.target.checked ? 'true' : null })}
        >
          {t('traces.onlyFailed')}
        </Checkbox>
        <Segmented<string>
          size="small"
          aria-label={t('traces.which')}
          value={query.spans}
          onChange={(next) => patch({ spans: next === 'any' ? 'any' : null })}
          options={[
            { value: 'root', label: t('traces.roots') },
            { value: 'any', label: t('traces.any') },
          ]}
        />
      </div>
      {spans.isPending && <Loading />}
      {spans.isError && (
        <Failure
          error={spans.error}
          onRetry={() => (spans.isFetchNextPageError ? further.load() : void spans.refetch())}
        />
      )}
      {first && (
        <p className="quiet small">
          {t('traces.total', { count: first.total, shown: first.total.toLocaleString(lang) })}
          {first.exact ? '' : '+'}
        </p>
      )}
      {first && items.length === 0 && (
        <EmptyState title={t('traces.noneTitle')} text={t('traces.noneText')} />
      )}
      {items.length > 0 && <SpanTable spans={items} />}
      {items.length > 0 && !further.complete && (
        <p className="happenings-more">
          <Button size="small" loading={further.loading} onClick={further.load}>
            {t('traces.older')}
          </Button>
        </p>
      )}
    </div>
  );
}
