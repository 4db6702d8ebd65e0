import { describe, expect, it } from 'vitest';
import { incident, LARGE, MAIN } from '../dev/fixture';
import type { CallMap } from '../src/api/types';
import { layOut, pathEdges, shorten, viewOf } from '../src/pages/incident/mapView';

const mapOf = (id: string): CallMap => incident(id, 'en')?.map ?? { nodes: [], edges: [] };

describe('what is drawn of a map', () => {
  it('aSmallMapIsShownWhole', () => {
    const map = mapOf(MAIN);
    const small = { nodes: map.nodes.slice(0, 10), edges: [] };
    expect(viewOf(small, new Set(), false)).toEqual({ ...small, folds: [] });
  });

  it('everyNodeWithAPartInTheIncidentIsShown', () => {
    const map = mapOf(MAIN);
    const shown = new Set(viewOf(map, new Set(), false).nodes.map((node) => node.id));
    for (const node of map.nodes) {
      expect(shown.has(node.id), node.id).toBe(node.role !== 'neighbour');
    }
  });

  it('aFloodOfAffectedEntitiesHidesNeitherCauseNorPath', () => {
    const map = mapOf(LARGE);
    const view = viewOf(map, new Set(), false);
    const causal = map.nodes.filter((n) => ['cause', 'symptom', 'on-path'].includes(n.role));
    expect(view.nodes).toEqual(causal);
    expect(view.folds.reduce((sum, fold) => sum + fold.affected, 0)).toBeGreaterThan(0);
  });

  it('whatIsFoldedIsCounted', () => {
    const view = viewOf(mapOf(MAIN), new Set(), false);
    const gateway = view.folds.find((fold) => fold.of.name === 'teller-gateway');
    expect(gateway?.count).toBe(2);
  });

  it('unfoldingShowsTheNeighboursOfThatNodeOnly', () => {
    const view = viewOf(mapOf(MAIN), new Set(['service/teller-gateway']), false);
    const names = view.nodes.map((node) => node.name);
    expect(names).toContain('session-keeper');
    expect(names).not.toContain('limit-book');
    expect(view.folds.some((fold) => fold.of.name === 'teller-gateway')).toBe(false);
  });

  it('noEdgeLeadsOutOfTheView', () => {
    for (const whole of [false, true]) {
      const view = viewOf(mapOf(LARGE), new Set(), whole);
      const shown = new Set(view.nodes.map((node) => node.id));
      for (const edge of view.edges) {
        expect(shown.has(edge.from) && shown.has(edge.to)).toBe(true);
      }
    }
  });

  it('callersAreAboveWhatTheyCall', () => {
    const positions = layOut(viewOf(mapOf(MAIN), new Set(), false));
    const y = (id: string) => positions.get(id)?.y ?? Number.NaN;
    expect(y('service/teller-gateway')).toBeLessThan(y('service/transfer-desk'));
    expect(y('service/transfer-desk')).toBeLessThan(y('service/ledger-core'));
  });

  it('aMapOfTwoHundredIsLaidOutWhole', () => {
    const map = mapOf(LARGE);
    const view = viewOf(map, new Set(), true);
    expect(view.nodes.length).toBeGreaterThan(200);
    const positions = [...layOut(view).values()];
    expect(positions).toHaveLength(view.nodes.length);
    const span = (values: number[]) => Math.max(...values) - Math.min(...values);
    expect(span(positions.map(({ x }) => x))).toBeLessThan(20 * 200);
    expect(new Set(positions.map(({ x, y }) => `${x} ${y}`)).size).toBe(positions.length);
  });

  it('thePathIsFoundAgainstTheDirectionOfTheCalls', () => {
    const path = ['service/ledger-core', 'service/transfer-desk', 'service/teller-gateway'];
    expect([...pathEdges(mapOf(MAIN), path)].sort()).toEqual([
      'service/teller-gateway→service/transfer-desk',
      'service/transfer-desk→service/ledger-core',
    ]);
  });

  it('longNamesKeepBothEnds', () => {
    expect(shorten('ledger-core-7c9d5b6f4-x2k4f', 20)).toBe('ledger-core-…4-x2k4f');
    expect(shorten('ledger-core', 20)).toBe('ledger-core');
  });
});
