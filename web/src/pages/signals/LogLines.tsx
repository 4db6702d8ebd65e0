import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Further } from '../../api/discovery';
import type { LogLine } from '../../api/types';
import { useAddress } from '../../discovery/address';
import { formatClock, formatUtc } from '../../format/time';
import { useLanguage } from '../../i18n';
import { AttributeList } from './AttributeList';
import { originOf, podPath } from './subject';

const ROW_HEIGHT = 26;
const ROWS_AHEAD = 40;

/** Log lines, newest first; only rows in sight are in the document. Each opens to its attributes. */
export function LogLines({
  label,
  items,
  further,
  tall = false,
}: {
  label: string;
  items: LogLine[];
  /** How to come by what is older. */
  further: Further;
  /** Fills the window; else it is one part of a page. */
  tall?: boolean;
}) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const keys = keysOf(items);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => keys[index] ?? index,
    overscan: 15,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { complete, onEnd } = further;
  useEffect(() => {
    if (items.length > 0 && last >= items.length - ROWS_AHEAD) onEnd();
  }, [last, items.length, onEnd]);

  const toggle = (key: string) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  return (
    <section
      className="panel flush log-lines"
      data-tall={tall}
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
    >
      <ol style={{ height: rows.getTotalSize() }}>
        {shown.map(({ key, index, start }) => {
          const line = items[index];
          const id = keys[index];
          if (!line || id === undefined) return null;
          return (
            <li
              key={key}
              data-index={index}
              data-severity={line.severity}
              ref={rows.measureElement}
              aria-setsize={complete ? items.length : -1}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row line={line} open={open.has(id)} onToggle={() => toggle(id)} />
            </li>
          );
        })}
      </ol>
      {!complete && (
        <p className="happenings-more">
          <Button size="small" loading={further.loading} onClick={further.load}>
            {t('logs.older')}
          </Button>
        </p>
      )}
    </section>
  );
}

/** What tells a line from others: its time and content, and which of several that are the same. */
export function keysOf(lines: readonly LogLine[]): string[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const key = `${line.epochNanos} ${originOf(line.resource)} ${line.body}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return before === 0 ? key : `${key} #${before}`;
  });
}

function Row({ line, open, onToggle }: { line: LogLine; open: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { of } = useAddress();
  const origin = originOf(line.resource);
  const pod = podPath(line.resource, of('at'));
  return (
    <>
      <div className="log-line">
        <Button
          type="text"
          size="small"
          icon={open ? <DownOutlined /> : <RightOutlined />}
          aria-expanded={open}
          aria-label={t('logs.details')}
          onClick={onToggle}
        />
        <time dateTime={line.time} title={formatUtc(line.time)}>
          {formatClock(line.time, lang)}
        </time>
        <span className="log-severity">{t(`severity.${line.severity}`)}</span>
        <span className="log-origin" title={origin}>
          {pod ? <Link to={pod}>{origin}</Link> : origin}
        </span>
        <span className="log-body">{line.body}</span>
      </div>
      {open && (
        <div className="log-details">
          <pre>{line.body}</pre>
          {line.traceId !== '' && (
            <p>
              <Link to={`/traces/${encodeURIComponent(line.traceId)}`}>{t('logs.toTrace')}</Link>
            </p>
          )}
          <AttributeList label={t('signals.attributes')} attributes={line.attributes} />
          <AttributeList label={t('signals.resource')} attributes={line.resource} />
        </div>
      )}
    </>
  );
}
