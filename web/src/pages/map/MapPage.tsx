import { Alert, Button, Segmented } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useClusters, useNeighbourMap } from '../../api/discovery';
import type { NeighbourMap, NeighbourNode } from '../../api/types';
import { ClusterSelect } from '../../components/ClusterSelect';
import { EmptyState } from '../../components/EmptyState';
import { EntityPick } from '../../components/EntityPick';
import { Failure } from '../../components/Failure';
import { Health, HealthMark, STATES } from '../../components/Health';
import { Loading } from '../../components/Loading';
import { NoClusters, useNoClusters } from '../../components/NoClusters';
import { TimeSlider } from '../../components/TimeSlider';
import { pathOf, useAddress, useEntityAddress } from '../../discovery/address';
import { useLanguage, useWord } from '../../i18n';
import { canExpand, hiddenOf, relationsOf } from './mapShape';

const NeighbourCanvas = lazy(() => import('./NeighbourCanvas'));

/** One entity and what it hangs together with, which grows by a click where one wants to know more. */
export function Component() {
  const { t } = useTranslation();
  const lang = useLanguage();
  const navigate = useNavigate();
  const address = useEntityAddress();
  const { of, patch } = useAddress();
  const clusters = useClusters();
  const none = useNoClusters();
  const at = of('at');
  const cluster = address.cluster || (clusters.data?.items[0]?.name ?? '');
  const expand = of('expand');
  const expanded = useMemo(() => (expand === '' ? [] : expand.split(',')), [expand]);
  const map = useNeighbourMap(address, expanded, at, lang);
  const [selected, setSelected] = useState<string | null>(null);
  const asList = of('view') === 'list';
  const start = map.data?.nodes.find(
    ({ entity }) =>
      entity?.type === address.type &&
      entity.name === address.name &&
      (entity.namespace ?? '') === address.namespace &&
      (entity.pod ?? '') === address.pod,
  );
  const onExpand = (id: string) => {
    if (!expanded.includes(id)) patch({ expand: [...expanded, id].join(',') }, false);
  };

  return (
    <div className="stack">
      <title>{`${t('neighbours.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>
          {address.name === ''
            ? t('neighbours.title')
            : t('neighbours.around', { name: address.name })}
        </h1>
        <ClusterSelect
          all={false}
          value={cluster}
          onChange={(next) => void navigate(`/map?cluster=${encodeURIComponent(next)}`)}
        />
        <EntityPick
          cluster={cluster}
          label={t('neighbours.from')}
          value=""
          onChange={(row) => row && void navigate(pathOf('/map', row, at))}
        />
        {address.name !== '' && (
          <>
            <Segmented
              size="small"
              aria-label={t('neighbours.view')}
              value={asList ? 'list' : 'map'}
              onChange={(view) => patch({ view: view === 'list' ? 'list' : null })}
              options={[
                { value: 'map', label: t('neighbours.map') },
                { value: 'list', label: t('neighbours.list') },
              ]}
            />
            <Button disabled={expanded.length === 0} onClick={() => patch({ expand: null })}>
              {t('neighbours.fold')}
            </Button>
          </>
        )}
      </div>
      {address.name !== '' && <TimeSlider cluster={cluster} />}
      {none && <NoClusters />}
      {!none && address.name === '' && (
        <EmptyState title={t('neighbours.emptyTitle')} text={t('neighbours.emptyText')} />
      )}
      {address.name !== '' && map.isPending && <Loading />}
      {map.isError && <Failure error={map.error} onRetry={() => void map.refetch()} />}
      {map.data?.cut && <Alert type="info" showIcon title={t('neighbours.cut')} />}
      {map.data && (
        <div className="panel flush map" data-stale={map.isPlaceholderData}>
          {!asList && (
            <Suspense fallback={<Loading rows={8} />}>
              <NeighbourCanvas
                map={map.data}
                start={start?.id ?? ''}
                expanded={expanded}
                selected={selected}
                onSelect={setSelected}
                onExpand={onExpand}
              />
            </Suspense>
          )}
          {asList && <NodeList map={map.data} expanded={expanded} at={at} onExpand={onExpand} />}
          <Legend map={map.data} />
          {!asList && (
            <Chosen
              map={map.data}
              node={map.data.nodes.find(({ id }) => id === selected) ?? start}
              expanded={expanded}
              at={at}
              onExpand={onExpand}
              onSelect={setSelected}
            />
          )}
        </div>
      )}
    </div>
  );
}

function Legend({ map }: { map: NeighbourMap }) {
  const { t } = useTranslation();
  const word = useWord();
  const states = STATES.filter((state) => map.nodes.some(({ health }) => health.state === state));
  const relations = [...new Set(map.edges.map(({ type }) => type))].sort();
  return (
    <ul className="legend" aria-label={t('map.legend')}>
      {states.map((state) => (
        <li key={state}>
          <HealthMark state={state} /> {t(`health.${state}`)}
        </li>
      ))}
      {relations.map((type) => (
        <li key={type}>
          <span className="legend-edge" data-solid={type === 'calls'} />
          {word('relation', type)}
        </li>
      ))}
      <li className="push">{t('neighbours.hint')}</li>
    </ul>
  );
}

/** What is known of the chosen node, and the way on from there. */
function Chosen({
  map,
  node,
  expanded,
  at,
  onExpand,
  onSelect,
}: {
  map: NeighbourMap;
  node: NeighbourNode | undefined;
  expanded: readonly string[];
  at: string;
  onExpand: (id: string) => void;
  onSelect: (id: string) => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  if (!node) return null;
  return (
    <aside
      className="node-facts"
      aria-live="polite"
      aria-label={t('map.facts', { name: node.name })}
    >
      <div className="section-head">
        <span className="entity-type">{node.typeText}</span>
        <NodeName node={node} at={at} />
        <Health health={node.health} />
        <span>{node.health.message}</span>
        <span className="push buttons">
          {canExpand(node, expanded) && (
            <Button size="small" onClick={() => onExpand(node.id)}>
              {t('neighbours.expand', { count: node.size > 1 ? node.size : hiddenOf(node) })}
            </Button>
          )}
          {node.entity && (
            <Link to={pathOf('/map', node.entity, at)}>{t('neighbours.center')}</Link>
          )}
        </span>
      </div>
      <ul className="relations" aria-label={t('map.relations')}>
        {relationsOf(map, node.id).map(({ type, outgoing, other }) => (
          <li key={`${type} ${outgoing} ${other.id}`}>
            {outgoing ? '' : `${other.name} `}
            <span className="quiet">{word('relation', type)}</span>{' '}
            <button type="button" className="plain" onClick={() => onSelect(other.id)}>
              {outgoing ? other.name : node.name}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function NodeName({ node, at }: { node: NeighbourNode; at: string }) {
  return node.entity ? (
    <Link className="entity-name" to={pathOf('/entity', node.entity, at)}>
      {node.name}
    </Link>
  ) : (
    <span className="entity-name">{node.name}</span>
  );
}

/** The same map in words, for those who cannot see or click it. */
function NodeList({
  map,
  expanded,
  at,
  onExpand,
}: {
  map: NeighbourMap;
  expanded: readonly string[];
  at: string;
  onExpand: (id: string) => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <ul className="node-list" aria-label={t('neighbours.list')}>
      {map.nodes.map((node) => (
        <li key={node.id}>
          <span className="entity">
            <Health health={node.health} />
            <span className="entity-type">{node.typeText}</span>
            <NodeName node={node} at={at} />
            <span className="entity-type">{node.namespace}</span>
          </span>
          <span className="quiet small">
            {relationsOf(map, node.id)
              .filter(({ outgoing }) => outgoing)
              .map(({ type, other }) => `${word('relation', type)} ${other.name}`)
              .join(' · ')}
          </span>
          {canExpand(node, expanded) && (
            <Button size="small" onClick={() => onExpand(node.id)}>
              {t('neighbours.expand', { count: node.size > 1 ? node.size : hiddenOf(node) })}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
