import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Further } from '../api/discovery';
import type { Happening, Health as State } from '../api/types';
import { Ago } from './Ago';
import { EntityLink } from './EntityLink';
import { HealthMark } from './Health';
import { Time } from './Time';

const ROW_HEIGHT = 34;
const ROWS_AHEAD = 20;

/** What happened, newest first; only rows in sight are in the document. Each opens to its details. */
export function Happenings({
  label,
  items,
  further,
  tall = false,
}: {
  label: string;
  items: Happening[];
  /** How to come by what is older. */
  further: Further;
  /** Fills the window; else it is one part of a page. */
  tall?: boolean;
}) {
  const { t } = useTranslation();
  const { complete, onEnd } = further;
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 10,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && last >= items.length - ROWS_AHEAD) onEnd();
  }, [last, items.length, onEnd]);

  const toggle = (id: string) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <section
      className="panel flush happenings"
      data-tall={tall}
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
    >
      <ol style={{ height: rows.getTotalSize() }}>
        {shown.map(({ key, index, start }) => {
          const item = items[index];
          if (!item) return null;
          return (
            <li
              key={key}
              data-index={index}
              ref={rows.measureElement}
              aria-setsize={complete ? items.length : -1}
              aria-posinset={index + 1}
              data-warning={isBad(item)}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row item={item} open={open.has(item.id)} onToggle={() => toggle(item.id)} />
            </li>
          );
        })}
      </ol>
      {!complete && (
        <p className="happenings-more">
          <Button size="small" loading={further.loading} onClick={further.load}>
            {t('happenings.older')}
          </Button>
        </p>
      )}
    </section>
  );
}

/** Whether it is bad news. */
function isBad({ warning, health, stage, exitCode }: Happening): boolean {
  if (warning || stage === 'evicted') return true;
  if (health) return health.state === 'failing' || health.state === 'degraded';
  return exitCode !== null && exitCode !== 0;
}

function Row({ item, open, onToggle }: { item: Happening; open: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const details = useId();
  const who = item.user ?? item.author ?? item.manager ?? item.reporter;
  return (
    <>
      <div className="happening">
        <Button
          type="text"
          size="small"
          icon={open ? <DownOutlined /> : <RightOutlined />}
          aria-expanded={open}
          aria-controls={details}
          aria-label={t('happenings.details', { sentence: item.sentence })}
          onClick={onToggle}
        />
        <span className="happening-time">
          <Time value={item.time} />
          <span className="quiet small">
            <Ago value={item.time} />
          </span>
        </span>
        <span className="happening-kind" data-what={item.what}>
          {item.health ? (
            <>
              <HealthMark state={item.healthBefore as State} /> →{' '}
              <HealthMark state={item.health.state} />
            </>
          ) : (
            (item.kindText ?? item.stageText ?? t(`what.${item.what}`))
          )}
        </span>
        <EntityLink head={item.entity} />
        <span className="happening-sentence" title={item.sentence}>
          {item.sentence}
        </span>
        <span className="happening-who quiet" title={who ?? undefined}>
          {who}
        </span>
      </div>
      {open && <Details id={details} item={item} />}
    </>
  );
}

function Details({ id, item }: { id: string; item: Happening }) {
  const { t, i18n } = useTranslation();
  const facts = (
    [
      ['user', item.user],
      ['author', item.author],
      ['manager', item.manager],
      ['reporter', item.reporter],
      ['reason', item.reason],
      ['message', item.message],
      ['exitCode', item.exitCode?.toString()],
      ['count', item.count?.toLocaleString(i18n.language)],
    ] as const
  ).filter(([, value]) => value);
  return (
    <div id={id} className="happening-details">
      <p>{item.sentence}</p>
      {facts.length > 0 && (
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`happenings.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {item.diff && <Diff text={item.diff} />}
    </div>
  );
}

/** Fields that differ, `path: before -> after` a line; other lines as they are. */
export function Diff({ text }: { text: string }) {
  const { t } = useTranslation();
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (
    <table className="diff" aria-label={t('happenings.diff')}>
      <thead>
        <tr>
          <th scope="col">{t('happenings.field')}</th>
          <th scope="col">{t('happenings.before')}</th>
          <th scope="col">{t('happenings.after')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const parts = partsOf(line);
          return parts === null ? (
            <tr key={line}>
              <td colSpan={3}>{line}</td>
            </tr>
          ) : (
            <tr key={line}>
              <td>{parts.path}</td>
              <td>
                <del>{parts.before}</del>
              </td>
              <td>
                <ins>{parts.after}</ins>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function partsOf(line: string): { path: string; before: string; after: string } | null {
  const arrow = line.indexOf(' -> ');
  const colon = line.indexOf(': ');
  if (colon < 0 || arrow < colon) return null;
  return {
    path: line.slice(0, colon),
    before: line.slice(colon + 2, arrow),
    after: line.slice(arrow + 4),
  };
}
