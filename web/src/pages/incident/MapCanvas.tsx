import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from 'cytoscape';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallMap } from '../../api/types';
import { inSight, MapTools, zoomByWheel } from '../../components/MapTools';
import { useWord } from '../../i18n';
import { cssColor, useAppearance } from '../../theme/theme';
import {
  FOLD_HEIGHT,
  FOLD_WIDTH,
  layOut,
  NODE_HEIGHT,
  NODE_WIDTH,
  pathEdges,
  shorten,
  viewOf,
} from './mapView';

const LONGEST_NAME = 22;
/** In maps beyond this size, edges off the path are drawn faintly. */
const CROWDED = 60;
const FIT_PADDING = 14;
const CLOSEST = 1.25;
/** Below this zoom names cannot be read; then the causal nodes are shown instead of everything. */
const FARTHEST = 0.55;

/** The drawn map (Cytoscape); a page of its own in the build, because it is heavy. */
export default function MapCanvas({
  map,
  path,
  unfolded,
  whole,
  selected,
  onSelect,
  onUnfold,
}: {
  map: CallMap;
  /** Ids from cause to symptom; the edges between them stand out. */
  path: string[];
  unfolded: ReadonlySet<string>;
  whole: boolean;
  selected: string | null;
  onSelect: (id: string | null) => void;
  onUnfold: (id: string) => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const { appearance } = useAppearance();
  const host = useRef<HTMLDivElement>(null);
  const core = useRef<Core | null>(null);
  const view = useMemo(() => viewOf(map, unfolded, whole), [map, unfolded, whole]);
  const calls = useRef({ onSelect, onUnfold });
  calls.current = { onSelect, onUnfold };

  const elements = useMemo<ElementDefinition[]>(() => {
    const positions = layOut(view);
    const onPath = pathEdges(map, path);
    const at = (id: string) => ({ ...(positions.get(id) ?? { x: 0, y: 0 }) });
    return [
      ...view.nodes.map((node) => ({
        data: {
          id: node.id,
          role: node.role,
          label: `${word('type', node.type)} · ${word('role', node.role)}\n${shorten(node.name, LONGEST_NAME)}`,
        },
        position: at(node.id),
      })),
      ...view.folds.map((fold) => ({
        data: {
          id: fold.id,
          role: 'fold',
          of: fold.of.id,
          label:
            fold.affected > 0
              ? t('map.moreAffected', { count: fold.count, affected: fold.affected })
              : t('map.more', { count: fold.count }),
        },
        position: at(fold.id),
      })),
      ...view.edges.map((edge, index) => ({
        data: {
          id: `edge:${index}`,
          source: edge.from,
          target: edge.to,
          relation: edge.type,
          path: onPath.has(`${edge.from}→${edge.to}`) ? 'yes' : 'no',
        },
      })),
      ...view.folds.map((fold) => ({
        data: { id: `edge:${fold.id}`, source: fold.of.id, target: fold.id, relation: 'fold' },
      })),
    ];
  }, [view, map, path, word, t]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: appearance stands for the colours
  useEffect(() => {
    if (!host.current) return;
    const cy = cytoscape({
      container: host.current,
      elements,
      style: stylesheet(elements.length > CROWDED * 2),
      layout: { name: 'preset', fit: false },
      minZoom: 0.1,
      maxZoom: 3,
      userZoomingEnabled: false,
      autoungrabify: true,
      boxSelectionEnabled: false,
    });
    core.current = cy;
    showAll(cy);
    cy.on('tap', 'node', ({ target }) => {
      if (target.data('role') === 'fold') calls.current.onUnfold(target.data('of') as string);
      else calls.current.onSelect(target.id() as string);
    });
    cy.on('tap', (event) => {
      if (event.target === cy) calls.current.onSelect(null);
    });
    host.current.dataset.nodes = String(cy.nodes().length);
    const resized = new ResizeObserver(() => {
      cy.resize();
      showAll(cy);
    });
    resized.observe(host.current);
    const wheel = zoomByWheel(cy, host.current);
    return () => {
      wheel();
      resized.disconnect();
      cy.destroy();
      core.current = null;
    };
  }, [elements, appearance]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new elements have no selection yet
  useEffect(() => {
    const cy = core.current;
    if (!cy) return;
    cy.nodes().removeClass('chosen');
    if (selected === null) return;
    const chosen = cy.getElementById(selected);
    chosen.addClass('chosen');
    if (chosen.nonempty() && !inSight(cy, chosen)) cy.center(chosen);
  }, [selected, elements]);

  return (
    <div className="map-canvas">
      <div
        ref={host}
        className="map-host"
        role="img"
        aria-label={t('map.label', { nodes: map.nodes.length, edges: map.edges.length })}
      />
      <MapTools core={core} onFit={showAll} />
      <ul className="sr-only">
        {view.folds.map((fold) => (
          <li key={fold.id}>
            <button type="button" onClick={() => onUnfold(fold.of.id)}>
              {t('map.unfold', { name: fold.of.name, count: fold.count })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Fits everything into the frame; where that would be too small to read, the causal nodes. */
function showAll(cy: Core): void {
  cy.fit(undefined, FIT_PADDING);
  if (cy.zoom() >= FARTHEST) {
    if (cy.zoom() > CLOSEST) {
      cy.zoom(CLOSEST);
      cy.center();
    }
    return;
  }
  const causal = cy.nodes('[role="cause"], [role="on-path"], [role="symptom"]');
  cy.fit(causal.nonempty() ? causal : undefined, FIT_PADDING);
  if (cy.zoom() < FARTHEST || cy.zoom() > 1) {
    cy.zoom(cy.zoom() > 1 ? 1 : FARTHEST);
    cy.center(cy.nodes('[role="cause"]').nonempty() ? cy.nodes('[role="cause"]') : undefined);
  }
}

/** Roles differ by shape, border and words as well as by colour. */
function stylesheet(crowded: boolean): StylesheetJson {
  const color = (name: string) => cssColor(`--${name}`);
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        shape: 'round-rectangle',
        'background-color': color('surface'),
        'border-width': 1,
        'border-color': color('neighbour'),
        color: color('text'),
        'font-size': 12,
        'font-family': 'system-ui, "Noto Sans CJK SC", sans-serif',
        'text-valign': 'center',
        'text-halign': 'center',
        'text-wrap': 'wrap',
        'text-max-width': `${NODE_WIDTH + 20}px`,
        'line-height': 1.25,
      },
    },
    {
      selector: 'node[role="cause"]',
      style: {
        shape: 'cut-rectangle',
        'background-color': color('cause-fill'),
        'border-color': color('cause-fill'),
        'border-width': 2,
        color: color('on-fill'),
        'font-weight': 'bold',
      },
    },
    {
      selector: 'node[role="symptom"]',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '22',
        'background-color': color('symptom-soft'),
        'border-color': color('symptom'),
        'border-width': 3,
        'border-style': 'double',
      },
    },
    {
      selector: 'node[role="on-path"]',
      style: {
        shape: 'rectangle',
        'background-color': color('path-soft'),
        'border-color': color('path'),
        'border-width': 2,
      },
    },
    {
      selector: 'node[role="affected"]',
      style: { 'border-color': color('path'), 'border-style': 'dashed', 'border-width': 1.5 },
    },
    { selector: 'node[role="neighbour"]', style: { color: color('text-2') } },
    {
      selector: 'node[role="fold"]',
      style: {
        width: FOLD_WIDTH,
        height: FOLD_HEIGHT,
        'background-color': color('surface-2'),
        'border-style': 'dotted',
        color: color('text-2'),
        'font-size': 11,
      },
    },
    {
      selector: 'node.chosen',
      style: { 'outline-width': 3, 'outline-color': color('accent'), 'outline-offset': 3 },
    },
    {
      selector: 'edge',
      style: {
        width: 1.4,
        'line-color': color('edge'),
        'target-arrow-color': color('edge'),
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.9,
        'curve-style': crowded ? 'straight' : 'bezier',
        opacity: crowded ? 0.35 : 1,
      },
    },
    {
      selector: 'edge[relation!="calls"]',
      style: { 'line-style': 'dashed', 'target-arrow-shape': 'vee' },
    },
    { selector: 'edge[relation="fold"]', style: { 'target-arrow-shape': 'none', width: 1 } },
    {
      selector: 'edge[path="yes"]',
      style: {
        width: 3.2,
        opacity: 1,
        'line-color': color('path'),
        'target-arrow-color': color('path'),
      },
    },
  ] as StylesheetJson;
}
