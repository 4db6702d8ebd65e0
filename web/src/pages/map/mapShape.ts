import type { Health, NeighbourMap, NeighbourNode } from '../../api/types';

/** Signs of health in the text of a node, where no picture can stand. */
export const SIGNS: Record<Health, string> = {
  failing: '✕',
  degraded: '▲',
  progressing: '◔',
  unknown: '?',
  suspended: '‖',
  completed: '☑',
  healthy: '●',
};

/** Edges by which it hangs rather than by which it is reached are laid out the other way round. */
const UPWARD = new Set(['owned-by']);

export interface Shape {
  nodes: NeighbourNode[];
  edges: { from: string; to: string; type: string }[];
}

/** Edges from what is above to what is below: owner over owned, caller over called, pod over node. */
export function downward(map: NeighbourMap): { from: string; to: string }[] {
  const known = new Set(map.nodes.map(({ id }) => id));
  return map.edges
    .filter(({ from, to }) => known.has(from) && known.has(to))
    .map(({ from, to, type }) => (UPWARD.has(type) ? { from: to, to: from } : { from, to }));
}

/** How many neighbours of a node are not drawn. */
export function hiddenOf(node: NeighbourNode): number {
  return node.more.out + node.more.in;
}

/** Whether asking for its neighbours, or for its members, shows more. */
export function canExpand(node: NeighbourNode, expanded: readonly string[]): boolean {
  return !expanded.includes(node.id) && (node.size > 1 || hiddenOf(node) > 0);
}

/** What is said of a node in the list beside the map: its relations, with the other ends' names. */
export function relationsOf(
  map: NeighbourMap,
  id: string,
): { type: string; outgoing: boolean; other: NeighbourNode }[] {
  const byId = new Map(map.nodes.map((node) => [node.id, node]));
  return map.edges.flatMap(({ from, to, type }) => {
    if (from !== id && to !== id) return [];
    const other = byId.get(from === id ? to : from);
    return other ? [{ type, outgoing: from === id, other }] : [];
  });
}
