import { Button, Checkbox, Input, Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useClusters, useFurther, useHappenings } from '../../api/discovery';
import { ClusterSelect } from '../../components/ClusterSelect';
import { EmptyState } from '../../components/EmptyState';
import { EntityPick } from '../../components/EntityPick';
import { Failure } from '../../components/Failure';
import { Happenings } from '../../components/Happenings';
import { Loading } from '../../components/Loading';
import { NoClusters, useNoClusters } from '../../components/NoClusters';
import { useAddress } from '../../discovery/address';
import { useDebounced } from '../../discovery/debounced';
import { MINUTE } from '../../discovery/moments';
import { formatAge, fromLocalInput, toLocalInput } from '../../format/time';
import { useLanguage } from '../../i18n';
import { addressOf } from './near';

const QUICK_MINUTES = [5, 15, 60, 360, 1_440, 10_080] as const;
const DEFAULT_MINUTES = 60;
const WHAT = ['change', 'lifecycle', 'event', 'health'] as const;
const HOPS = [0, 1, 2, 3] as const;
const CHANGES = [
  'deploy',
  'rollback',
  'scale',
  'hpa',
  'config',
  'restart',
  'node',
  'delete',
  'other',
] as const;

/** What happened, when, near what, by whom. */
export function Component() {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { of, patch } = useAddress();
  const clusters = useClusters();
  const none = useNoClusters();
  const cluster = of('cluster') || (clusters.data?.items[0]?.name ?? '');
  const from = of('from');
  const to = of('to');
  const fixed = from !== '' || to !== '';
  const minutes = fixed ? null : Number(of('last')) || DEFAULT_MINUTES;
  const near = of('near');
  const hops = of('hops') === '' ? 1 : Number(of('hops'));
  const q = useDebounced(of('q'));
  const happenings = useHappenings(
    {
      cluster,
      from,
      to,
      what: of('what'),
      change: of('change'),
      q,
      near,
      hops: near === '' ? '' : hops,
      warning: of('warning'),
    },
    minutes === null ? null : minutes * MINUTE,
    lang,
    cluster !== '',
  );
  const items = useMemo(
    () => happenings.data?.pages.flatMap((page) => page.items) ?? [],
    [happenings.data],
  );
  const further = useFurther(happenings);

  return (
    <div className="stack">
      <title>{`${t('happenings.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('happenings.title')}</h1>
        <ClusterSelect
          all={false}
          value={cluster}
          onChange={(next) => patch({ cluster: next, near: null })}
        />
        <EntityPick
          cluster={cluster}
          label={t('happenings.near')}
          value={near}
          onChange={(head) => patch({ near: head?.id ?? null, hops: null })}
        />
        {near !== '' && (
          <>
            <Segmented
              size="small"
              aria-label={t('happenings.hops')}
              value={hops}
              onChange={(next) => patch({ hops: String(next) })}
              options={HOPS.map((steps) => ({
                value: steps,
                label:
                  steps === 0 ? t('happenings.itself') : t('happenings.steps', { count: steps }),
              }))}
            />
            <Link to={addressOf('/map', cluster, near)}>{t('entity.toMap')}</Link>
          </>
        )}
      </div>
      <div className="page-head">
        <Range from={from} to={to} minutes={minutes} onChange={patch} />
        <Input
          className="search"
          allowClear
          aria-label={t('happenings.search')}
          placeholder={t('happenings.search')}
          maxLength={200}
          value={of('q')}
          onChange={(event) => patch({ q: event.target.value })}
        />
        <Checkbox.Group
          aria-label={t('happenings.what')}
          value={of('what') === '' ? [...WHAT] : of('what').split(',')}
          onChange={(chosen) =>
            patch({
              what: chosen.length === WHAT.length || chosen.length === 0 ? null : chosen.join(','),
            })
          }
          options={WHAT.map((value) => ({ value, label: t(`what.${value}`) }))}
        />
        <Select<string[]>
          className="filter"
          mode="multiple"
          maxTagCount="responsive"
          allowClear
          aria-label={t('happenings.changes')}
          placeholder={t('happenings.anyChange')}
          value={of('change') === '' ? [] : of('change').split(',')}
          onChange={(chosen) => patch({ change: chosen.join(',') })}
          options={CHANGES.map((value) => ({ value, label: t(`change.${value}`) }))}
        />
        <Checkbox
          checked={of('warning') === 'true'}
          onChange={(event) => patch({ warning: event.target.checked ? 'true' : null })}
        >
          {t('happenings.warnings')}
        </Checkbox>
      </div>
      {none && <NoClusters />}
      {!none && happenings.isPending && <Loading />}
      {happenings.isError && (
        <Failure
          error={happenings.error}
          onRetry={() =>
            happenings.isFetchNextPageError ? further.load() : void happenings.refetch()
          }
        />
      )}
      {happenings.data && items.length === 0 && (
        <EmptyState
          title={t('happenings.noneTitle')}
          text={t('happenings.noneText')}
          action={
            <Button onClick={() => patch({ from: null, to: null, last: '1440' })}>
              {t('happenings.widen')}
            </Button>
          }
        />
      )}
      {items.length > 0 && (
        <Happenings tall label={t('happenings.title')} items={items} further={further} />
      )}
    </div>
  );
}

/** The last so many minutes, which move on with time, or from one moment to another. */
function Range({
  from,
  to,
  minutes,
  onChange,
}: {
  from: string;
  to: string;
  minutes: number | null;
  onChange: (next: Record<string, string | null>) => void;
}) {
  const { t, i18n } = useTranslation();
  const [refused, setRefused] = useState(false);
  const set = (next: { from?: string; to?: string }) => {
    const begin = next.from ?? from;
    const end = next.to ?? to;
    const wrong = begin !== '' && end !== '' && Date.parse(begin) >= Date.parse(end);
    setRefused(wrong);
    if (!wrong) onChange({ from: begin, to: end, last: null });
  };
  return (
    <>
      <Segmented<number | string>
        size="small"
        aria-label={t('happenings.last')}
        value={minutes ?? 'fixed'}
        onChange={(chosen) =>
          chosen === 'fixed'
            ? set({
                from: new Date(Date.now() - (minutes ?? DEFAULT_MINUTES) * MINUTE).toISOString(),
                to: new Date().toISOString(),
              })
            : onChange({ from: null, to: null, last: String(chosen) })
        }
        options={[
          ...QUICK_MINUTES.map((value) => ({
            value: value as number | string,
            label: formatAge(value * MINUTE, i18n.language),
          })),
          { value: 'fixed', label: t('happenings.fixed') },
        ]}
      />
      {minutes === null && (
        <span className="range">
          {(['from', 'to'] as const).map((end) => (
            <input
              key={end}
              className="moment-input"
              type="datetime-local"
              aria-label={t(`happenings.${end}`)}
              aria-invalid={refused}
              value={(end === 'from' ? from : to) && toLocalInput(end === 'from' ? from : to)}
              onChange={(event) => {
                const moment = fromLocalInput(event.target.value);
                if (moment) set({ [end]: moment });
              }}
            />
          ))}
          {refused && <span role="alert">{t('happenings.turned')}</span>}
        </span>
      )}
    </>
  );
}
