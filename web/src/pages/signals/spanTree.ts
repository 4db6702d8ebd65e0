import type { TraceSpan } from '../../api/types';

/** A span at its place in the tree. */
export interface Placed {
  span: TraceSpan;
  depth: number;
  children: number;
}

/**
 * The spans of a trace in the order of a walk through their tree, children by their start. A span
 * whose parent is not there stands as a root; one in a circle of parents as well.
 *
 * @param closed ids of spans whose children are not shown
 */
export function walk(spans: readonly TraceSpan[], closed: ReadonlySet<string>): Placed[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string, TraceSpan[]>();
  const roots: TraceSpan[] = [];
  for (const span of spans) {
    if (!known.has(span.parentSpanId) || span.parentSpanId === span.spanId) roots.push(span);
    else children.set(span.parentSpanId, [...(children.get(span.parentSpanId) ?? []), span]);
  }
  const seen = new Set<TraceSpan>();
  const placed: Placed[] = [];
  const visit = (root: TraceSpan) => {
    const rest = [{ span: root, depth: 0, hidden: false }];
    for (let next = rest.pop(); next; next = rest.pop()) {
      const { span, depth, hidden } = next;
      if (seen.has(span)) continue;
      seen.add(span);
      const below = children.get(span.spanId) ?? [];
      if (!hidden) placed.push({ span, depth, children: below.length });
      for (const child of below.toReversed()) {
        rest.push({ span: child, depth: depth + 1, hidden: hidden || closed.has(span.spanId) });
      }
    }
  };
  roots.forEach(visit);
  spans.forEach(visit); // what is left goes in circles
  return placed;
}
