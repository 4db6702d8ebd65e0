import { describe, expect, it } from 'vitest';
import { formatOffset, formatUtc } from '../src/format/time';
import { formatValue, movementOf } from '../src/format/value';

describe('values', () => {
  it.each([
    [0.12, 's', '120 ms'],
    [1.5, 's', '1.5 s'],
    [0.0004, 's', '400 µs'],
    [900, 's', '15 min'],
    [310 * 2 ** 20, 'By', '310 MiB'],
    [0, 'By', '0 B'],
    [1536, 'By/s', '1.5 KiB/s'],
    [1.97, '{cpu}', '1.97 cpu'],
    [212, '{request}/s', '212 request/s'],
    [7.4, '%', '7.4%'],
    [0.71, '1', '0.71'],
    [1234567, '1', '1,234,567'],
    [1500, 'ms', '1.5 s'],
  ])('aPersonReads %d %s as %s', (value, unit, text) => {
    expect(formatValue(value, unit, 'en')).toBe(text);
  });

  it('whatWasNotSeenIsNeverShownAsZero', () => {
    expect(formatValue(null, 's', 'en')).toBe('–');
    expect(formatValue(Number.NaN, 's', 'en')).toBe('–');
  });
});

describe('movements', () => {
  it('aLevelShiftIsToldInTheUnitOfItsSeries', () => {
    expect(movementOf({ before: 0.1, after: 0.8, deviations: 9 }, 's')).toEqual({
      before: 0.1,
      after: 0.8,
      unit: 's',
      times: 8,
    });
  });

  it('sharesAreToldInPercent', () => {
    expect(movementOf({ beforeShare: 0.25, afterShare: 0.5 }, undefined)).toMatchObject({
      before: 25,
      after: 50,
      unit: '%',
    });
  });

  it('nothingIsSaidToBeManyTimesZero', () => {
    expect(movementOf({ beforePerMinute: 0, afterPerMinute: 212 }, '')?.times).toBeNull();
  });

  it('aFactWithoutAMovementHasNone', () => {
    expect(movementOf({ leadSeconds: 240 }, 's')).toBeNull();
    expect(movementOf({ after: 3 }, 's')).toBeNull();
  });
});

describe('times', () => {
  it('offsetsAreSigned', () => {
    const onset = '2026-03-14T19:07:30.000Z';
    expect(formatOffset('2026-03-14T19:08:50.000Z', onset)).toBe('+1:20');
    expect(formatOffset('2026-03-14T19:03:30.000Z', onset)).toBe('−4:00');
    expect(formatOffset('2026-03-14T20:09:33.000Z', onset)).toBe('+1:02:03');
  });

  it('utcIsSaidToBeUtc', () => {
    expect(formatUtc('2026-03-14T19:07:30.000Z')).toBe('2026-03-14 19:07:30 UTC');
  });
});
