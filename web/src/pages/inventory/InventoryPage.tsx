import { FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Popover, Select, Tag } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import {
  type EntityQuery,
  useClusters,
  useEntities,
  useEntitySummary,
  useFurther,
} from '../../api/discovery';
import type { EntityRow, EntitySummary } from '../../api/types';
import { Ago } from '../../components/Ago';
import { ClusterSelect } from '../../components/ClusterSelect';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { HealthMark, STATES } from '../../components/Health';
import { Loading } from '../../components/Loading';
import { NoClusters, useNoClusters } from '../../components/NoClusters';
import { TimeSlider } from '../../components/TimeSlider';
import { VirtualTable } from '../../components/VirtualTable';
import { useAddress } from '../../discovery/address';
import { useDebounced } from '../../discovery/debounced';
import { useLanguage } from '../../i18n';
import { columnsOf } from './columns';
import { Export } from './Export';

/** Where no type is chosen, what is in trouble comes first. */
const WORST_FIRST = '-health';

const FURTHER = ['node', 'team', 'application', 'label'] as const;

/** Everything that exists, filtered, searched and ordered by the hub; the address keeps the state. */
export function Component() {
  const { t, i18n } = useTranslation();
  const lang = useLanguage();
  const { type = '' } = useParams();
  const { of, patch } = useAddress();
  const query: EntityQuery = {
    cluster: of('cluster'),
    type,
    namespace: of('namespace'),
    q: of('q'),
    health: of('health'),
    node: of('node'),
    team: of('team'),
    application: of('application'),
    label: of('label'),
    sort: of('sort') || (type === '' ? WORST_FIRST : ''),
    at: of('at'),
  };
  const { at } = query;
  const clusters = useClusters();
  const none = useNoClusters();
  const entities = useEntities(query, lang);
  const summary = useEntitySummary(
    { cluster: query.cluster, namespace: query.namespace, at },
    lang,
  );
  const rows = useMemo(
    () => distinct(entities.data?.pages.flatMap(({ items }) => items)),
    [entities.data],
  );
  const last = entities.data?.pages.at(-1);
  const total = last?.total ?? 0;
  const several = query.cluster === '' && (clusters.data?.items.length ?? 0) > 1;
  const columns = useMemo(
    () => columnsOf(type, { t, lang, at, clusters: several }),
    [type, t, lang, at, several],
  );
  const further = useFurther(entities);
  const clear = () =>
    patch({
      q: null,
      namespace: null,
      health: null,
      node: null,
      team: null,
      application: null,
      label: null,
    });

  if (none) {
    return (
      <div className="stack">
        <title>{`${t('inventory.title')} · Bridgewatch`}</title>
        <h1>{t('inventory.title')}</h1>
        <NoClusters />
      </div>
    );
  }
  return (
    <div className="stack inventory">
      <title>{`${t('inventory.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('inventory.title')}</h1>
        <SearchBox value={query.q} onChange={(q) => patch({ q })} />
        <ClusterSelect
          value={query.cluster}
          onChange={(cluster) => patch({ cluster, namespace: null })}
        />
        <Filters query={query} summary={summary.data} onChange={patch} />
        <span className="push">
          <Export query={query} lang={lang} total={total} />
        </span>
      </div>
      <TimeSlider cluster={query.cluster} />
      <Chosen query={query} onClear={(name) => patch({ [name]: null })} />
      <div className="inventory-columns">
        <Facets summary={summary.data} type={type} />
        <section className="stack-tight" aria-label={t('inventory.title')}>
          {entities.isPending && <Loading />}
          {entities.isError && !entities.data && (
            <Failure error={entities.error} onRetry={() => void entities.refetch()} />
          )}
          {entities.data && rows.length === 0 && (
            <div className="panel">
              <EmptyState
                title={t('inventory.noneTitle')}
                text={t('inventory.noneText')}
                action={<Button onClick={clear}>{t('inventory.clear')}</Button>}
              />
            </div>
          )}
          {rows.length > 0 && (
            <div className="panel flush">
              <VirtualTable<EntityRow>
                label={t('inventory.title')}
                columns={columns}
                rows={rows}
                rowKey={keyOf}
                total={total}
                sort={query.sort}
                onSort={(sort) => patch({ sort })}
                onEnd={further.onEnd}
                stale={entities.isPlaceholderData}
              />
              <div className="vtable-foot">
                <span>{t('common.total', { count: total })}</span>
                <span className="quiet" aria-live="off">
                  {further.loading && t('common.loading')}
                  {entities.isError && (
                    <Button
                      size="small"
                      type="link"
                      danger
                      onClick={() =>
                        entities.isFetchNextPageError ? further.load() : void entities.refetch()
                      }
                    >
                      {t('inventory.stale')}
                    </Button>
                  )}
                </span>
                <span className="quiet push">
                  {rows.length < total &&
                    t('inventory.loaded', { count: rows.length.toLocaleString(i18n.language) })}
                </span>
                {last?.asOf && at === '' && (
                  <span className="quiet">
                    {t('inventory.asOf')} <Ago value={last.asOf} />
                  </span>
                )}
              </div>
            </div>
          )}
        </section>
      </div>
    </div>
  );
}

const keyOf = (row: EntityRow) => `${row.cluster} ${row.id}`;

/** Pages are read one after the other; what moved between them must not be there twice. */
function distinct(rows: EntityRow[] = []): EntityRow[] {
  const seen = new Map<string, EntityRow>();
  for (const row of rows) if (!seen.has(keyOf(row))) seen.set(keyOf(row), row);
  return [...seen.values()];
}

function SearchBox({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const settled = useDebounced(typed);
  const told = useRef(value);

  // The address may change without typing, by the back button or a cleared filter.
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    const q = settled.trim();
    if (q === told.current || settled !== typed) return;
    told.current = q;
    onChange(q);
  }, [settled, typed, onChange]);

  return (
    <Input
      className="search"
      allowClear
      prefix={<SearchOutlined />}
      aria-label={t('inventory.search')}
      placeholder={t('inventory.search')}
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}

function Filters({
  query,
  summary,
  onChange,
}: {
  query: EntityQuery;
  summary: EntitySummary | undefined;
  onChange: (next: Record<string, string | null>) => void;
}) {
  const { t } = useTranslation();
  const namespaces = [
    ...new Set([
      ...(query.namespace ? [query.namespace] : []),
      ...(summary?.namespaces.map(({ namespace }) => namespace) ?? []),
    ]),
  ];
  return (
    <>
      <Select
        className="filter"
        allowClear
        showSearch
        aria-label={t('inventory.namespace')}
        placeholder={t('inventory.anyNamespace')}
        value={query.namespace || null}
        onChange={(namespace: string | undefined) => onChange({ namespace: namespace ?? null })}
        options={namespaces.map((value) => ({ value, label: value }))}
      />
      <Select<string[]>
        className="filter"
        mode="multiple"
        maxTagCount="responsive"
        allowClear
        aria-label={t('inventory.health')}
        placeholder={t('inventory.anyHealth')}
        value={query.health === '' ? [] : query.health.split(',')}
        onChange={(states) => onChange({ health: states.join(',') })}
        options={STATES.map((state) => ({
          value: state,
          label: (
            <span className="health">
              <HealthMark state={state} /> {t(`health.${state}`)}
            </span>
          ),
        }))}
      />
      <Popover
        trigger="click"
        placement="bottom"
        content={<Further query={query} onChange={onChange} />}
      >
        <Button icon={<FilterOutlined />}>{t('inventory.further')}</Button>
      </Popover>
    </>
  );
}

function Further({
  query,
  onChange,
}: {
  query: EntityQuery;
  onChange: (next: Record<string, string | null>) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="stack-tight further">
      {FURTHER.map((name) => (
        <label key={name} htmlFor={`further-${name}`}>
          <span className="quiet small">{t(`inventory.${name}`)}</span>
          <Input
            allowClear
            id={`further-${name}`}
            key={query[name]}
            defaultValue={query[name]}
            placeholder={name === 'label' ? 'app=cart' : ''}
            onPressEnter={(event) => onChange({ [name]: event.currentTarget.value.trim() })}
            onBlur={(event) => {
              const value = event.target.value.trim();
              if (value !== query[name]) onChange({ [name]: value });
            }}
          />
        </label>
      ))}
    </div>
  );
}

/** The filters that are not in sight otherwise. */
function Chosen({ query, onClear }: { query: EntityQuery; onClear: (name: string) => void }) {
  const { t } = useTranslation();
  const chosen = FURTHER.filter((name) => query[name] !== '');
  if (chosen.length === 0) return null;
  return (
    <div>
      {chosen.map((name) => (
        <Tag
          key={name}
          closable={{ closeIcon: true, 'aria-label': t('common.clear') }}
          onClose={() => onClear(name)}
        >
          {t(`inventory.${name}`)}: {query[name]}
        </Tag>
      ))}
    </div>
  );
}

/** What there is by type, with how much of it is in which state of health. */
function Facets({ summary, type }: { summary: EntitySummary | undefined; type: string }) {
  const { t, i18n } = useTranslation();
  const { search } = useLocation();
  if (!summary) return <Loading rows={8} />;
  const number = (count: number) => count.toLocaleString(i18n.language);
  const kept = new URLSearchParams(search);
  kept.delete('sort');
  const address = (chosen: string) => ({
    pathname: chosen === '' ? '/inventory' : `/inventory/${chosen}`,
    search: kept.toString(),
  });
  const health: Record<string, number> = {};
  for (const one of summary.types) {
    for (const [state, count] of Object.entries(one.health)) {
      health[state] = (health[state] ?? 0) + count;
    }
  }
  const all = { type: '', typeText: t('inventory.everything'), total: summary.total, health };
  return (
    <nav className="panel flush facets" aria-label={t('inventory.types')}>
      {[all, ...summary.types].map((one) => (
        <Link
          key={one.type}
          to={address(one.type)}
          className="facet"
          aria-current={one.type === type ? 'page' : undefined}
        >
          <span className="facet-name">{one.typeText}</span>
          <span className="facet-count">{number(one.total)}</span>
          <HealthBar health={one.health} total={one.total} />
        </Link>
      ))}
    </nav>
  );
}

/** Shares of states as one bar; in words on hover and for those who cannot see it. */
function HealthBar({ health, total }: { health: Record<string, number>; total: number }) {
  const { t, i18n } = useTranslation();
  const parts = STATES.filter((state) => (health[state] ?? 0) > 0);
  const words = parts
    .map(
      (state) => `${t(`health.${state}`)}: ${(health[state] ?? 0).toLocaleString(i18n.language)}`,
    )
    .join(', ');
  return (
    <span className="health-bar" role="img" aria-label={words} title={words}>
      {parts.map((state) => (
        <span
          key={state}
          data-state={state}
          style={{ flexGrow: (health[state] ?? 0) / Math.max(1, total) }}
        />
      ))}
    </span>
  );
}
