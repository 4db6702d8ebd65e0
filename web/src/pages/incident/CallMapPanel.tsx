import { CloseOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident, MapNode } from '../../api/types';
import { Entity } from '../../components/Entity';
import { Loading } from '../../components/Loading';
import { Time } from '../../components/Time';
import { useWord } from '../../i18n';
import { factsOf } from './entities';
import { SHOWN_WHOLE } from './mapLimits';

const MapCanvas = lazy(() => import('./MapCanvas'));

const FIRST_MOMENTS = 5;

/** The map with what stands around it: finding an entity, the legend, the facts of the chosen one. */
export function CallMapPanel({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const word = useWord();
  const [selected, setSelected] = useState<string | null>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [whole, setWhole] = useState(false);
  const { map } = incident;
  const node = map.nodes.find((one) => one.id === selected);
  const pathIds = useMemo(() => topPath(incident), [incident]);

  const choose = (id: string | null) => {
    setSelected(id);
    // What is found by name may be folded away: show it and what is around it.
    const found = map.nodes.find((one) => one.id === id);
    if (id && (found?.role === 'neighbour' || found?.role === 'affected'))
      setUnfolded((before) => new Set(before).add(id));
  };

  if (map.nodes.length === 0) {
    return (
      <section aria-labelledby="map">
        <h2 id="map">{t('incident.map')}</h2>
        <p className="panel quiet">{t('map.empty')}</p>
      </section>
    );
  }
  return (
    <section aria-labelledby="map">
      <div className="section-head">
        <h2 id="map">{t('incident.map')}</h2>
        <Select
          className="map-find"
          size="small"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('map.find')}
          aria-label={t('map.find')}
          value={selected}
          onChange={(id: string | undefined) => choose(id ?? null)}
          options={map.nodes.map((one) => ({
            value: one.id,
            label: `${word('type', one.type)} ${one.name}`,
          }))}
        />
        {map.nodes.length > SHOWN_WHOLE && (
          <Button
            size="small"
            onClick={() => {
              setWhole(!whole);
              setUnfolded(new Set());
            }}
          >
            {whole ? t('map.fold') : t('map.showAll', { count: map.nodes.length })}
          </Button>
        )}
      </div>
      <div className="panel flush map">
        <Suspense fallback={<Loading rows={5} />}>
          <MapCanvas
            map={map}
            path={pathIds}
            unfolded={unfolded}
            whole={whole}
            selected={selected}
            onSelect={setSelected}
            onUnfold={(id) => setUnfolded((before) => new Set(before).add(id))}
          />
        </Suspense>
        <Legend nodes={map.nodes} />
        {node && <Facts node={node} incident={incident} onClose={() => setSelected(null)} />}
      </div>
    </section>
  );
}

/** Ids of the map's nodes along the path of the first cause that has one. */
function topPath(incident: Incident): string[] {
  const path = incident.causes.find((cause) => cause.path.length > 0)?.path ?? [];
  return path.flatMap(
    (step) =>
      incident.map.nodes.find(
        (node) =>
          node.type === step.type &&
          node.name === step.name &&
          node.entity['k8s.namespace.name'] === step.entity['k8s.namespace.name'],
      )?.id ?? [],
  );
}

function Legend({ nodes }: { nodes: MapNode[] }) {
  const { t } = useTranslation();
  const word = useWord();
  const roles = ['cause', 'symptom', 'on-path', 'affected', 'neighbour'].filter((role) =>
    nodes.some((node) => node.role === role),
  );
  return (
    <ul className="legend" aria-label={t('map.legend')} title={t('map.hint')}>
      {roles.map((role) => (
        <li key={role}>
          <span className="legend-mark" data-role={role} />
          {word('role', role)}
        </li>
      ))}
    </ul>
  );
}

function Facts({
  node,
  incident,
  onClose,
}: {
  node: MapNode;
  incident: Incident;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const facts = factsOf(node, incident);
  const said = [
    ...facts.symptoms.map((one) => ({ time: one.since, sentence: one.sentence })),
    ...facts.evidence.map((one) => ({ time: one.since, sentence: one.sentence })),
    ...facts.timeline.map((one) => ({ time: one.time, sentence: one.sentence })),
  ].filter((one, i, all) => all.findIndex((other) => other.sentence === one.sentence) === i);
  return (
    <aside
      className="node-facts"
      aria-label={t('map.facts', { name: node.name })}
      aria-live="polite"
    >
      <div className="section-head">
        <Entity type={node.type} name={node.name} attributes={node.entity} />
        <span className="layer">{word('role', node.role)}</span>
        <Button
          className="push"
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('common.close')}
          onClick={onClose}
        />
      </div>
      {said.length === 0 && facts.ruledOut.length === 0 && (
        <p className="quiet">{t('map.noFacts')}</p>
      )}
      <ul>
        {said.slice(0, FIRST_MOMENTS).map(({ time, sentence }) => (
          <li key={sentence}>
            <Time clock value={time} /> {sentence}
          </li>
        ))}
        {facts.ruledOut.map(({ reason, sentence }) => (
          <li key={reason}>
            <strong>{word('ruledOut', reason)}:</strong> {sentence}
          </li>
        ))}
      </ul>
      {facts.relations.length > 0 && (
        <ul className="relations" aria-label={t('map.relations')}>
          {facts.relations.slice(0, 12).map(({ type, other, outgoing }) => (
            <li key={`${type} ${outgoing} ${other.id}`}>
              {outgoing ? node.name : other.name}{' '}
              <span className="quiet">{word('relation', type)}</span>{' '}
              {outgoing ? other.name : node.name}
            </li>
          ))}
        </ul>
      )}
      <dl className="facts small">
        {Object.entries(node.entity).map(([name, value]) => (
          <div key={name}>
            <dt className="mono">{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
