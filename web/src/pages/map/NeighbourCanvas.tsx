import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from 'cytoscape';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { NeighbourMap } from '../../api/types';
import { inSight, MapTools, zoomByWheel } from '../../components/MapTools';
import { useWord } from '../../i18n';
import { cssColor, useAppearance } from '../../theme/theme';
import { layOut, NODE_HEIGHT, NODE_WIDTH, shorten } from '../incident/mapView';
import { canExpand, downward, hiddenOf, SIGNS } from './mapShape';

const LONGEST_NAME = 23;
const FIT_PADDING = 18;
const CLOSEST = 1.2;
/** Below this zoom names cannot be read; then the middle of the map is shown instead of all. */
const FARTHEST = 0.5;
/** A wide page has room for so many nodes beside each other. */
const WIDE_RANK = 7;
/** In maps with more edges than this, only those of the chosen node are named, else of the first. */
const NAMED_EDGES = 12;
/** In maps with more edges than this, they are drawn faintly. */
const CROWDED = 60;

/** The drawn neighbourhood (Cytoscape); a page of its own in the build, because it is heavy. */
export default function NeighbourCanvas({
  map,
  start,
  expanded,
  selected,
  onSelect,
  onExpand,
}: {
  map: NeighbourMap;
  /** The id of the entity that the map is about. */
  start: string;
  expanded: readonly string[];
  selected: string | null;
  onSelect: (id: string | null) => void;
  onExpand: (id: string) => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const { appearance } = useAppearance();
  const host = useRef<HTMLDivElement>(null);
  const core = useRef<Core | null>(null);
  const calls = useRef({ onSelect, onExpand });
  calls.current = { onSelect, onExpand };

  // What is drawn changes less often than what is asked: a refresh without news draws nothing anew.
  const shape = JSON.stringify([map.nodes.map(({ id }) => id), map.edges]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: shape stands for the map
  const positions = useMemo(
    () => layOut({ nodes: map.nodes, edges: downward(map), folds: [] }, WIDE_RANK),
    [shape],
  );
  const elements = useMemo<ElementDefinition[]>(
    () => [
      ...map.nodes.map((node) => {
        const hidden = hiddenOf(node);
        const more = canExpand(node, expanded) && node.size === 1 ? `  +${hidden}` : '';
        return {
          data: {
            id: node.id,
            state: node.health.state,
            group: node.size > 1 ? 'yes' : 'no',
            start: node.id === start ? 'yes' : 'no',
            label: `${SIGNS[node.health.state]} ${node.typeText}${more}\n${shorten(node.name, LONGEST_NAME)}`,
          },
          position: { ...(positions.get(node.id) ?? { x: 0, y: 0 }) },
        };
      }),
      ...map.edges
        .filter(({ from, to }) => positions.has(from) && positions.has(to))
        .map(({ from, to, type }) => ({
          data: {
            id: `${from}→${to}:${type}`,
            source: from,
            target: to,
            relation: type,
            label: word('relation', type),
          },
        })),
    ],
    [map, positions, expanded, start, word],
  );
  const few = map.edges.length <= NAMED_EDGES;
  const crowded = map.edges.length > CROWDED;

  // biome-ignore lint/correctness/useExhaustiveDependencies: appearance stands for the colours, shape for the elements
  useEffect(() => {
    if (!host.current) return;
    const cy = cytoscape({
      container: host.current,
      elements,
      style: stylesheet(few, crowded),
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
      const id = target.id() as string;
      if (target.data('group') === 'yes') calls.current.onExpand(id);
      else calls.current.onSelect(id);
    });
    cy.on('dbltap', 'node', ({ target }) => calls.current.onExpand(target.id() as string));
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
  }, [shape, appearance]);

  // Health, words and counts change in place: nothing moves.
  useEffect(() => {
    const cy = core.current;
    if (!cy) return;
    for (const { data } of elements) cy.getElementById(String(data.id)).data(data);
  }, [elements]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new shape has no selection yet
  useEffect(() => {
    const cy = core.current;
    if (!cy) return;
    cy.elements().removeClass('chosen');
    if (selected === null) {
      cy.getElementById(start).connectedEdges().addClass('chosen');
      return;
    }
    const chosen = cy.getElementById(selected);
    chosen.addClass('chosen');
    chosen.connectedEdges().addClass('chosen');
    if (chosen.nonempty() && !inSight(cy, chosen)) cy.center(chosen);
  }, [selected, start, shape, appearance]);

  return (
    <div className="map-canvas">
      <div
        ref={host}
        className="map-host neighbours"
        role="img"
        aria-label={t('neighbours.label', { nodes: map.nodes.length, edges: map.edges.length })}
      />
      <MapTools core={core} onFit={showAll} />
    </div>
  );
}

/** Fits everything into the frame; where that would be too small to read, what the map is about. */
function showAll(cy: Core): void {
  cy.fit(undefined, FIT_PADDING);
  if (cy.zoom() > CLOSEST) {
    cy.zoom(CLOSEST);
    cy.center();
  } else if (cy.zoom() < FARTHEST) {
    cy.zoom(FARTHEST);
    cy.center(cy.nodes('[start="yes"]'));
  }
}

/** States of health differ by border, shape and sign as well as by colour. */
function stylesheet(few: boolean, crowded: boolean): StylesheetJson {
  const color = (name: string) => cssColor(`--${name}`);
  const state = (name: string, style: Record<string, unknown>) => ({
    selector: `node[state="${name}"]`,
    style: { 'border-color': color(name), 'background-color': color(`${name}-soft`), ...style },
  });
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        shape: 'round-rectangle',
        'background-color': color('surface'),
        'border-width': 1.2,
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
    state('failing', { shape: 'cut-rectangle', 'border-width': 3 }),
    state('degraded', { shape: 'rectangle', 'border-width': 2.4 }),
    state('progressing', { 'border-style': 'dashed', 'border-width': 2 }),
    state('unknown', { 'border-style': 'dotted', 'border-width': 2 }),
    state('suspended', { 'border-style': 'dotted' }),
    state('completed', {}),
    state('healthy', {}),
    {
      selector: 'node[group="yes"]',
      style: {
        'border-style': 'double',
        'border-width': 4,
        'background-color': color('surface-2'),
      },
    },
    {
      selector: 'node[start="yes"]',
      style: { 'outline-width': 2, 'outline-color': color('accent'), 'outline-offset': 4 },
    },
    {
      selector: 'node.chosen',
      style: { 'outline-width': 4, 'outline-color': color('accent'), 'outline-offset': 3 },
    },
    {
      selector: 'edge',
      style: {
        width: 1.4,
        label: few ? 'data(label)' : '',
        'font-size': 10,
        color: color('text-2'),
        'text-background-color': color('surface'),
        'text-background-opacity': 1,
        'text-background-padding': '2px',
        'line-color': color('edge'),
        'target-arrow-color': color('edge'),
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.9,
        'curve-style': 'bezier',
        opacity: crowded ? 0.55 : 1,
      },
    },
    {
      selector: 'edge[relation!="calls"]',
      style: { 'line-style': 'dashed', 'target-arrow-shape': 'vee' },
    },
    {
      selector: 'edge.chosen',
      style: {
        width: 2.4,
        opacity: 1,
        label: 'data(label)',
        color: color('text'),
        'line-color': color('accent'),
        'target-arrow-color': color('accent'),
      },
    },
  ] as StylesheetJson;
}
