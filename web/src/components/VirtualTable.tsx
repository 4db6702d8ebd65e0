import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

const ROW_HEIGHT = 34;
/** The next page is asked for while so many rows below the last one in sight are still unseen. */
const ROWS_AHEAD = 30;

export interface VirtualColumn<T> {
  key: string;
  header: string;
  /** A track of a CSS grid. */
  width: string;
  cell: (row: T) => ReactNode;
  number?: boolean;
  /** The name that the hub sorts by; what is largest or worst comes first where `descending`. */
  sort?: { name: string; descending?: boolean };
}

/**
 * A table of any length, of which only the rows in sight are in the document. It keeps its place
 * while its rows are refreshed, because rows are told apart by their keys.
 */
export function VirtualTable<T>({
  label,
  columns,
  rows,
  rowKey,
  total,
  sort,
  onSort,
  onEnd,
  stale = false,
}: {
  label: string;
  columns: VirtualColumn<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  /** How many rows there are in all, loaded or not. */
  total: number;
  /** What the rows are sorted by, with a minus before it for descending; empty for unsorted. */
  sort: string;
  onSort: (sort: string) => void;
  /** Called when the last rows come into sight. */
  onEnd: () => void;
  stale?: boolean;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - ROWS_AHEAD) onEnd();
  }, [last, rows.length, onEnd]);

  const tracks = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  return (
    <section
      className="vtable"
      ref={scroller}
      data-stale={stale}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
    >
      <table aria-label={label} aria-rowcount={total + 1} aria-busy={stale}>
        <thead>
          <tr style={tracks} aria-rowindex={1}>
            {columns.map((column) => (
              <Header key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody style={{ height: virtual.getTotalSize() }}>
          {items.map(({ key, index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr
                key={key}
                aria-rowindex={index + 2}
                style={{ ...tracks, transform: `translateY(${start}px)` }}
              >
                {columns.map((column) => (
                  <td key={column.key} className={column.number ? 'number' : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Header<T>({
  column,
  sort,
  onSort,
}: {
  column: VirtualColumn<T>;
  sort: string;
  onSort: (sort: string) => void;
}) {
  const { t } = useTranslation();
  const className = column.number ? 'number' : undefined;
  if (!column.sort) {
    return (
      <th scope="col" className={className} title={column.header}>
        {column.header}
      </th>
    );
  }
  const { name, descending } = column.sort;
  const ascends = sort === name;
  const descends = sort === `-${name}`;
  // First as is most useful, then the other way round, then unsorted again.
  const ways = descending ? [`-${name}`, name, ''] : [name, `-${name}`, ''];
  const next = ways[(ways.indexOf(sort === '' ? '-' : sort) + 1) % 3] ?? '';
  return (
    <th
      scope="col"
      className={className}
      aria-sort={ascends ? 'ascending' : descends ? 'descending' : 'none'}
    >
      <button type="button" title={t('common.sort')} onClick={() => onSort(next)}>
        {column.header}
        {ascends && <CaretUpOutlined />}
        {descends && <CaretDownOutlined />}
      </button>
    </th>
  );
}
