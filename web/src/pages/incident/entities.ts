import type {
  Attributes,
  Chart,
  Evidence,
  Incident,
  MapNode,
  RuledOut,
  Symptom,
  TimelineEntry,
} from '../../api/types';

/** Same attributes with the same values. */
export function sameAttributes(one: Attributes, other: Attributes): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  );
}

/** What an entity is called in a list of entities: unique as far as its attributes are. */
export function entityKey(type: string, attributes: Attributes): string {
  const pairs = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
  return `${type}|${pairs.sort().join(',')}`;
}

/** The chart that shows a symptom or a piece of evidence, named by it or found by its series. */
export function chartOf(
  about: { entity: Attributes; signal: string; chart?: string | null },
  charts: Chart[],
): Chart | undefined {
  if (about.chart) return charts.find((chart) => chart.id === about.chart);
  return charts.find(
    (chart) => chart.signal === about.signal && sameAttributes(chart.entity, about.entity),
  );
}

/** Everything the report says about one entity of the map. */
export interface NodeFacts {
  symptoms: Symptom[];
  evidence: Evidence[];
  ruledOut: RuledOut[];
  timeline: TimelineEntry[];
  relations: { type: string; other: MapNode; outgoing: boolean }[];
}

export function factsOf(node: MapNode, incident: Incident): NodeFacts {
  const here = (fact: { entity: Attributes }) => sameAttributes(fact.entity, node.entity);
  const byId = new Map(incident.map.nodes.map((one) => [one.id, one]));
  return {
    symptoms: incident.symptoms.filter(here),
    evidence: distinct(incident.causes.flatMap((cause) => cause.evidence).filter(here)),
    ruledOut: incident.ruledOut.filter(here),
    timeline: incident.timeline.filter(here),
    relations: incident.map.edges.flatMap((edge) => {
      const outgoing = edge.from === node.id;
      if (!outgoing && edge.to !== node.id) return [];
      const other = byId.get(outgoing ? edge.to : edge.from);
      return other ? [{ type: edge.type, other, outgoing }] : [];
    }),
  };
}

function distinct(evidence: Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return evidence.filter((one) => !seen.has(one.sentence) && seen.add(one.sentence));
}
