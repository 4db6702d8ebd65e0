/** Numbers with units, as a person reads them; units come in as UCUM (`s`, `By`, `{request}/s`). */

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export interface Scaled {
  /** What a value in the given unit is multiplied by. */
  factor: number;
  /** The unit that a person reads; empty for plain numbers. */
  unit: string;
}

/** The unit in which values of about that size read best. */
export function scaleFor(magnitude: number, ucum: string): Scaled {
  const size = Math.abs(magnitude);
  const [base, per] = splitRate(ucum);
  const rate = per === '' ? '' : `/${per}`;
  switch (base) {
    case 's':
      if (size > 0 && size < 0.001) return { factor: 1e6, unit: `µs${rate}` };
      if (size > 0 && size < 1) return { factor: 1e3, unit: `ms${rate}` };
      if (size >= 7200 && rate === '') return { factor: 1 / 3600, unit: 'h' };
      if (size >= 600 && rate === '') return { factor: 1 / 60, unit: 'min' };
      return { factor: 1, unit: `s${rate}` };
    case 'ms':
      return scaleMilliseconds(size, rate);
    case 'By': {
      const power = size < 1 ? 0 : Math.min(5, Math.floor(Math.log2(size) / 10));
      return { factor: 1024 ** -power, unit: `${BINARY[power]}${rate}` };
    }
    case '%':
      return { factor: 1, unit: '%' };
    case '1':
    case '':
      return { factor: 1, unit: rate };
    default:
      return { factor: 1, unit: `${base.replace(/[{}]/g, '')}${rate}` };
  }
}

function scaleMilliseconds(size: number, rate: string): Scaled {
  return size >= 1000 ? { factor: 1e-3, unit: `s${rate}` } : { factor: 1, unit: `ms${rate}` };
}

function splitRate(ucum: string): [string, string] {
  const slash = ucum.lastIndexOf('/');
  return slash < 0
    ? [ucum, '']
    : [ucum.slice(0, slash), ucum.slice(slash + 1).replace(/[{}]/g, '')];
}

/** Three significant digits, grouped, without an exponent. */
export function formatNumber(value: number, lang: string): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString(lang);
  return value.toLocaleString(lang, { maximumSignificantDigits: 3 });
}

export function formatValue(value: number | null | undefined, ucum: string, lang: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const { factor, unit } = scaleFor(value, ucum);
  const number = formatNumber(value * factor, lang);
  if (unit === '') return number;
  return unit === '%' ? `${number}%` : `${number} ${unit}`;
}

/** 0.83 → `83%`. */
export function formatShare(share: number, lang: string): string {
  return share.toLocaleString(lang, { style: 'percent', maximumFractionDigits: 0 });
}

export function formatBytes(bytes: number, lang: string): string {
  return formatValue(bytes, 'By', lang);
}

/** A value before and after the onset, in one unit, and how many times as much it became. */
export interface Movement {
  before: number;
  after: number;
  unit: string;
  /** after/before; null where before is zero or the two are about the same. */
  times: number | null;
}

const PAIRS: readonly [before: string, after: string, unit: string | null][] = [
  ['before', 'after', null],
  ['beforeSeconds', 'afterSeconds', 's'],
  ['beforeShare', 'afterShare', 'share'],
  ['beforePerMinute', 'afterPerMinute', '{line}/min'],
  ['beforeRatio', 'afterRatio', '1'],
];

/** The movement that a fact's numbers tell of; null for facts without one, such as an object's state. */
export function movementOf(
  values: Record<string, number>,
  unit: string | undefined,
): Movement | null {
  for (const [beforeName, afterName, fixedUnit] of PAIRS) {
    const before = values[beforeName];
    const after = values[afterName];
    if (typeof before !== 'number' || typeof after !== 'number') continue;
    const share = fixedUnit === 'share';
    const factor = share ? 100 : 1;
    return {
      before: before * factor,
      after: after * factor,
      unit: share ? '%' : (fixedUnit ?? unit ?? ''),
      times: ratio(before, after),
    };
  }
  return null;
}

function ratio(before: number, after: number): number | null {
  if (before <= 0 || after <= 0) return null;
  const times = after / before;
  return times > 1.05 || times < 0.95 ? times : null;
}
