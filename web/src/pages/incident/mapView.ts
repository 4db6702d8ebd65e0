import dagre from '@dagrejs/dagre';
import type { CallMap, MapEdge, MapNode } from '../../api/types';
import { SHOWN_WHOLE } from './mapLimits';

/** With more affected entities than this, they are folded like the calm ones. */
const AFFECTED_SHOWN = 12;

/** Neighbours of one node that are not drawn, shown as a single “+n”. */
export interface Fold {
  id: string;
  of: MapNode;
  count: number;
  /** How many of them are affected; the others are calm. */
  affected: number;
}

export interface MapView {
  nodes: MapNode[];
  edges: MapEdge[];
  folds: Fold[];
}

/**
 * What is drawn of a map.
 *
 * 1. Everything, if it is small or `whole` is asked for.
 * 2. Else the causal neighbourhood: causes, symptoms, what lies on the path and, where they are
 *    few, what is affected; and the neighbours of those nodes that were unfolded.
 * 3. Neighbours left out are counted at the node they hang on.
 */
export function viewOf(map: CallMap, unfolded: ReadonlySet<string>, whole: boolean): MapView {
  if (whole || map.nodes.length <= SHOWN_WHOLE) return { ...map, folds: [] };
  const byId = new Map(map.nodes.map((node) => [node.id, node]));
  const neighbours = neighboursOf(map);
  const affected = map.nodes.filter((node) => node.role === 'affected').length;
  const folds = (node: MapNode | undefined) =>
    node?.role === 'neighbour' || (node?.role === 'affected' && affected > AFFECTED_SHOWN);

  const shown = new Set(map.nodes.filter((node) => !folds(node)).map((node) => node.id));
  for (const id of unfolded) {
    shown.add(id);
    for (const next of neighbours.get(id) ?? []) shown.add(next);
  }
  return {
    nodes: map.nodes.filter((node) => shown.has(node.id)),
    edges: map.edges.filter((edge) => shown.has(edge.from) && shown.has(edge.to)),
    folds: [...shown].flatMap((id) => {
      const of = byId.get(id);
      const hidden = [...(neighbours.get(id) ?? [])].filter((next) => !shown.has(next));
      if (!of || hidden.length === 0) return [];
      const hurt = hidden.filter((next) => byId.get(next)?.role === 'affected').length;
      return [{ id: `fold:${id}`, of, count: hidden.length, affected: hurt }];
    }),
  };
}

function neighboursOf(map: CallMap): Map<string, Set<string>> {
  const neighbours = new Map<string, Set<string>>();
  const link = (from: string, to: string) => {
    const known = neighbours.get(from) ?? new Set();
    neighbours.set(from, known.add(to));
  };
  for (const { from, to } of map.edges) {
    link(from, to);
    link(to, from);
  }
  return neighbours;
}

export const NODE_WIDTH = 192;
export const NODE_HEIGHT = 46;
export const FOLD_WIDTH = 100;
export const FOLD_HEIGHT = 24;

export type Positions = Map<string, { x: number; y: number }>;

const RANK_GAP = 46;
const NODE_GAP = 22;

/** Ranks with fewer nodes are never wrapped. */
const NARROW_RANK = 4;

/** What is placed: nodes by their ids, and the folds that hang on them. */
export interface Drawn {
  nodes: readonly { id: string }[];
  edges: readonly { from: string; to: string }[];
  folds: readonly { id: string; of: { id: string } }[];
}

/**
 * Places callers above what they call; the same view always comes out the same.
 *
 * @param narrowRank ranks of so many nodes are never broken into rows
 */
export function layOut(view: Drawn, narrowRank = NARROW_RANK): Positions {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: NODE_GAP, ranksep: RANK_GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of view.nodes) {
    graph.setNode(node.id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  }
  for (const edge of view.edges) graph.setEdge(edge.from, edge.to);
  for (const fold of view.folds) {
    graph.setNode(fold.id, { width: FOLD_WIDTH, height: FOLD_HEIGHT });
    graph.setEdge(fold.of.id, fold.id);
  }
  dagre.layout(graph);
  const placed = graph.nodes().map((id) => {
    const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number };
    return { id, x, y };
  });
  return wrapWideRanks(placed, narrowRank);
}

/**
 * Breaks ranks that are too wide for any screen into rows, all centred, so that a large map stays
 * about square. Maps without such a rank keep their places.
 */
function wrapWideRanks(
  placed: { id: string; x: number; y: number }[],
  narrowRank: number,
): Positions {
  const longest = Math.max(narrowRank, Math.ceil(Math.sqrt(placed.length) * 0.9));
  const ranks = new Map<number, typeof placed>();
  for (const node of placed) {
    const y = Math.round(node.y);
    ranks.set(y, [...(ranks.get(y) ?? []), node]);
  }
  if ([...ranks.values()].every((rank) => rank.length <= longest)) {
    return new Map(placed.map(({ id, x, y }) => [id, { x, y }]));
  }
  const positions: Positions = new Map();
  let y = 0;
  for (const [, rank] of [...ranks].sort(([a], [b]) => a - b)) {
    rank.sort((a, b) => a.x - b.x);
    for (let start = 0; start < rank.length; start += longest) {
      const row = rank.slice(start, start + longest);
      row.forEach(({ id }, column) => {
        const x = (column - (row.length - 1) / 2) * (NODE_WIDTH + NODE_GAP);
        positions.set(id, { x, y });
      });
      y += NODE_HEIGHT + NODE_GAP;
    }
    y += RANK_GAP - NODE_GAP;
  }
  return positions;
}

/** Pairs of ids along which a cause reaches a symptom, as `a→b` in the direction of each edge. */
export function pathEdges(map: CallMap, path: readonly string[]): Set<string> {
  const steps = new Set<string>();
  for (let i = 1; i < path.length; i++) {
    steps.add(`${path[i - 1]}→${path[i]}`);
    steps.add(`${path[i]}→${path[i - 1]}`);
  }
  return new Set(
    map.edges.map((edge) => `${edge.from}→${edge.to}`).filter((edge) => steps.has(edge)),
  );
}

/** Keeps both ends of a long name: `ledger-core-…-x2k4f`. */
export function shorten(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const tail = Math.floor((longest - 1) * 0.4);
  return `${name.slice(0, longest - 1 - tail)}…${name.slice(name.length - tail)}`;
}
