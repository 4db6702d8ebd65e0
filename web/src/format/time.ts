/** Times in the viewer's zone, with UTC at hand. */

export function formatTime(time: string | number, lang: string): string {
  return new Date(time).toLocaleString(lang, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

export function formatClock(time: string | number, lang: string): string {
  return new Date(time).toLocaleTimeString(lang, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

/** Clock time without seconds, for axes whose steps are minutes. */
export function formatMinutes(time: number, lang: string): string {
  return new Date(time).toLocaleTimeString(lang, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** `2026-03-14 03:07:30 UTC`. */
export function formatUtc(time: string | number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Name of the viewer's zone, such as `Asia/Shanghai`. */
export function viewerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Time from the onset, signed: `+1:20`, `−0:45`, `+1:02:03`. */
export function formatOffset(time: string | number, onset: string): string {
  const seconds = Math.round((new Date(time).getTime() - new Date(onset).getTime()) / 1000);
  const sign = seconds < 0 ? '−' : '+';
  const size = Math.abs(seconds);
  const hours = Math.floor(size / 3600);
  const minutes = Math.floor((size % 3600) / 60);
  const rest = String(size % 60).padStart(2, '0');
  return hours > 0
    ? `${sign}${hours}:${String(minutes).padStart(2, '0')}:${rest}`
    : `${sign}${minutes}:${rest}`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

const ages = new Map<string, Intl.NumberFormat>();

/** A length of time in its largest unit, `3d`; below ten units with the next one, `3d 4h`. */
export function formatAge(millis: number, lang: string): string {
  const length = Math.max(0, millis);
  const found = UNITS.findIndex(([, size]) => length >= size);
  const largest = found < 0 ? UNITS.length - 1 : found;
  const [unit, size] = UNITS[largest] ?? UNITS[3];
  const count = Math.floor(length / size);
  const next = UNITS[largest + 1];
  const rest = next ? Math.floor((length - count * size) / next[1]) : 0;
  const first = inUnit(count, unit, lang);
  return next && count < 10 && rest > 0 ? `${first} ${inUnit(rest, next[0], lang)}` : first;
}

function inUnit(count: number, unit: string, lang: string): string {
  const key = `${lang} ${unit}`;
  let format = ages.get(key);
  if (!format) {
    format = new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'narrow' });
    ages.set(key, format);
  }
  return format.format(count);
}

/** What an input of type `datetime-local` takes: a moment in the viewer's zone, to the minute. */
export function toLocalInput(time: string | number): string {
  const date = new Date(time);
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** The moment that such an input names; null where it is blank or no time. */
export function fromLocalInput(text: string): string | null {
  const time = text === '' ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
