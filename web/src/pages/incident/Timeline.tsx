import { useVirtualizer } from '@tanstack/react-virtual';
import { Select } from 'antd';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../api/types';
import { Entity } from '../../components/Entity';
import { Time } from '../../components/Time';
import { formatOffset } from '../../format/time';
import { useWord } from '../../i18n';
import { entityKey } from './entities';

const ROW_HEIGHT = 34;
const TALLEST = 440;

/** The story in order of time; only the rows in sight are in the document. */
export function Timeline({
  entries,
  onset,
  entity,
  onEntity,
}: {
  entries: TimelineEntry[];
  onset: string;
  /** Key of the only entity to show; null for all. */
  entity: string | null;
  onEntity: (key: string | null) => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const entities = useMemo(() => {
    const found = new Map<string, TimelineEntry>();
    for (const entry of entries) {
      const key = entityKey(entry.type, entry.entity);
      if (!found.has(key)) found.set(key, entry);
    }
    return found;
  }, [entries]);
  const shown = useMemo(
    () =>
      entity === null
        ? entries
        : entries.filter((entry) => entityKey(entry.type, entry.entity) === entity),
    [entries, entity],
  );

  return (
    <section aria-labelledby="timeline">
      <div className="section-head">
        <h2 id="timeline">{t('incident.timeline')}</h2>
        <span className="quiet small">{t('timeline.rows', { count: shown.length })}</span>
        <Select
          className="timeline-filter"
          size="small"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('timeline.filter')}
          aria-label={t('timeline.filter')}
          value={entity}
          onChange={(key: string | undefined) => onEntity(key ?? null)}
          options={[...entities].map(([key, { type, name }]) => ({
            value: key,
            label: `${word('type', type)} ${name}`,
          }))}
        />
      </div>
      {entries.length === 0 && <p className="panel quiet">{t('timeline.empty')}</p>}
      {entries.length > 0 && shown.length === 0 && (
        <p className="panel quiet">{t('timeline.noMatch')}</p>
      )}
      {shown.length > 0 && <Rows entries={shown} onset={onset} />}
    </section>
  );
}

function Rows({ entries, onset }: { entries: TimelineEntry[]; onset: string }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const onsetMillis = new Date(onset).getTime();
  const isFirstAfterOnset = (index: number) =>
    new Date(entries[index]?.time ?? 0).getTime() >= onsetMillis &&
    (index === 0 || new Date(entries[index - 1]?.time ?? 0).getTime() < onsetMillis);

  return (
    <section
      className="panel flush timeline"
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={t('incident.timeline')}
      style={{ maxHeight: TALLEST }}
    >
      <ol style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index];
          if (!entry) return null;
          const late = new Date(entry.time).getTime() >= onsetMillis;
          return (
            <li
              key={`${entry.time} ${index}`}
              data-index={index}
              ref={rows.measureElement}
              aria-setsize={entries.length}
              aria-posinset={index + 1}
              data-late={late}
              data-onset={isFirstAfterOnset(index) ? t('timeline.onset') : undefined}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className="timeline-time">
                <Time clock value={entry.time} />
              </span>
              <span className="timeline-offset">{formatOffset(entry.time, onset)}</span>
              <span className="timeline-entity">
                <Entity type={entry.type} name={entry.name} attributes={entry.entity} />
              </span>
              <span className="timeline-sentence">{entry.sentence}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
