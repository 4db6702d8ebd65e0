import { describe, expect, it } from 'vitest';
import { axisRange, columnsOf } from '../src/pages/incident/series';

describe('columns of a series', () => {
  it('aMissingSampleStaysMissing', () => {
    expect(
      columnsOf([
        [0, 1],
        [1000, null],
        [2000, 3],
      ]),
    ).toEqual([
      [0, 1, 2],
      [1, null, 3],
    ]);
  });

  it('absentSamplesBreakTheLine', () => {
    const [times, values] = columnsOf([
      [0, 1],
      [1000, 1],
      [2000, 1],
      [9000, 5],
      [10000, 5],
    ]);
    expect(times).toEqual([0, 1, 2, 3, 9, 10]);
    expect(values).toEqual([1, 1, 1, null, 5, 5]);
  });

  it('oneLateSampleBreaksNothing', () => {
    expect(
      columnsOf([
        [0, 1],
        [1000, 1],
        [3000, 1],
        [4000, 1],
      ])[1],
    ).toEqual([1, 1, 1, 1]);
  });

  it('anEmptySeriesIsEmpty', () => {
    expect(columnsOf([])).toEqual([[], []]);
  });
});

describe('range of the axis', () => {
  it('theUsualRangeIsAlwaysInSight', () => {
    const [low, high] = axisRange([5, 6], { median: 1, low: 0.5, high: 9 });
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(9);
  });

  it('smallWobblesFarFromZeroKeepTheirScale', () => {
    const [low] = axisRange([100, 101], null);
    expect(low).toBeGreaterThan(99);
  });

  it('aFlatLineHasAirAroundIt', () => {
    expect(axisRange([4, 4], null)).toEqual([2, 6]);
    expect(axisRange([null], null)).toEqual([0, 1]);
  });
});
