import { type EntityQuery, fetchEntities, MOST_ROWS_A_PAGE } from '../../api/discovery';
import type { EntityRow } from '../../api/types';

export const MOST_ROWS = 10_000;

const FIRST_COLUMNS = [
  'cluster',
  'type',
  'kind',
  'namespace',
  'pod',
  'name',
  'health',
  'reason',
  'message',
  'created',
  'team',
  'application',
] as const;

/**
 * All that a query finds, page by page, up to {@link MOST_ROWS}.
 *
 * @param onProgress how many rows are there, of how many
 */
export async function fetchAll(
  query: EntityQuery,
  lang: string,
  onProgress: (rows: number, of: number) => void,
  signal: AbortSignal,
): Promise<EntityRow[]> {
  const rows: EntityRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await fetchEntities({ ...query, lang, limit: MOST_ROWS_A_PAGE, cursor }, signal);
    rows.push(...page.items);
    cursor = page.next;
    onProgress(Math.min(rows.length, MOST_ROWS), Math.min(page.total, MOST_ROWS));
  } while (cursor !== null && rows.length < MOST_ROWS && !signal.aborted);
  signal.throwIfAborted();
  return rows.slice(0, MOST_ROWS);
}

/** Rows as RFC 4180, what is known of any of them as a column of its own. */
export function toCsv(rows: readonly EntityRow[]): string {
  const attributes = [...new Set(rows.flatMap((row) => Object.keys(row.attributes)))].sort();
  const lines = rows.map((row) => [
    row.cluster,
    row.type,
    row.kind,
    row.namespace,
    row.pod,
    row.name,
    row.health.state,
    row.health.reason,
    row.health.message,
    row.created,
    row.team,
    row.application,
    ...attributes.map((attribute) => row.attributes[attribute]),
  ]);
  return [[...FIRST_COLUMNS, ...attributes], ...lines]
    .map((cells) => `${cells.map(cellOf).join(',')}\r\n`)
    .join('');
}

/** What a spreadsheet would take for a formula is kept from being one. */
function cellOf(value: string | null | undefined): string {
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string): void {
  // With its byte order mark, spreadsheets read Chinese as UTF-8.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
