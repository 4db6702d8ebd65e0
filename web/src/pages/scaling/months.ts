/** Months as the hub names them, such as `2026-11`, of UTC. */

/** The month of a moment and those before it, the newest first. */
export function monthsUntil(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back)).toISOString().slice(0, 7),
  );
}

/** As a person reads it; what is no month as it stands. */
export function monthName(month: string, lang: string): string {
  const time = Date.parse(`${month}-01T00:00:00Z`);
  if (Number.isNaN(time)) return month;
  return new Date(time).toLocaleDateString(lang, {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
}
