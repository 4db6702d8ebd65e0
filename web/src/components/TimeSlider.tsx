import { Button, Segmented } from 'antd';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClusterHistory, useClusters } from '../api/discovery';
import { useAddress } from '../discovery/address';
import { gapsOf, isHeard, MINUTE, momentOf, SPANS, spanFor } from '../discovery/moments';
import { formatAge, formatTime, formatUtc, fromLocalInput, toLocalInput } from '../format/time';
import { useNow } from './Ago';

const SETTLE_MILLIS = 250;
const PAGE_MINUTES = 15;

/**
 * The moment that a page is about: now, which goes on, or one in the past, which is in the address
 * as `at`. Of the chosen cluster, the times in which it was not heard are hatched.
 */
export function TimeSlider({ cluster = '' }: { cluster?: string }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language;
  const { of, patch } = useAddress();
  const at = of('at');
  const clusters = useClusters();
  const history = useClusterHistory(cluster || (clusters.data?.items[0]?.name ?? ''));
  const input = useId();

  const now = Math.floor(useNow() / MINUTE);
  const past = at === '' ? null : Math.floor(Date.parse(at) / MINUTE);
  const [asked, setAsked] = useState<number>(SPANS[0]);
  const span = past === null ? asked : Math.max(asked, spanFor(now - past));
  const [dragged, setDragged] = useState<number | null>(null);
  const value = Math.min(now, Math.max(now - span, dragged ?? past ?? now));

  // While the handle moves, only it moves; the page follows when it rests.
  const settle = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(settle.current), []);
  const go = (minute: number) => {
    const next = Math.min(now, Math.max(now - span, minute));
    setDragged(next);
    clearTimeout(settle.current);
    settle.current = setTimeout(() => {
      patch({ at: next >= now ? null : momentOf(next * MINUTE) });
      setDragged(null);
    }, SETTLE_MILLIS);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { PageUp: PAGE_MINUTES, PageDown: -PAGE_MINUTES }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    go(value + by);
  };

  const stretches = history.data?.stretches ?? [];
  const gaps = history.data ? gapsOf(stretches, (now - span) * MINUTE, now * MINUTE) : [];
  const shown = value * MINUTE;
  const unheard = at !== '' && history.data && !isHeard(stretches, Date.parse(at));
  const days = history.data?.retentionDays ?? 30;
  return (
    <section
      className="time-slider"
      aria-label={t('moment.label')}
      data-past={at !== '' || dragged !== null}
    >
      <div className="time-slider-words" aria-live="polite">
        {at === '' && dragged === null ? (
          <strong>{t('moment.now')}</strong>
        ) : (
          <>
            <strong title={formatUtc(shown)}>{formatTime(shown, lang)}</strong>
            <span>{t('moment.past', { age: formatAge(Date.now() - shown, lang) })}</span>
            {unheard && <span className="strong">{t('moment.unheard')}</span>}
          </>
        )}
      </div>
      <div className="time-slider-track">
        {gaps.map((gap) => (
          <span
            key={gap.from}
            className="time-slider-gap"
            title={t('moment.gap')}
            style={{ left: `${gap.from * 100}%`, width: `${(gap.to - gap.from) * 100}%` }}
          />
        ))}
        <input
          type="range"
          min={now - span}
          max={now}
          step={1}
          value={value}
          aria-label={t('moment.slider')}
          aria-valuetext={value >= now ? t('moment.now') : formatTime(shown, lang)}
          title={t('moment.keys')}
          onChange={(event) => go(Number(event.target.value))}
          onKeyDown={onKeyDown}
        />
      </div>
      <Segmented
        size="small"
        aria-label={t('moment.span')}
        value={span}
        onChange={(next: number) => {
          setAsked(next);
          if (past !== null && now - past > next) patch({ at: null });
        }}
        options={SPANS.filter((minutes) => minutes <= Math.max(days * 1_440, SPANS[0])).map(
          (minutes) => ({ value: minutes, label: formatAge(minutes * MINUTE, lang) }),
        )}
      />
      <label className="sr-only" htmlFor={input}>
        {t('moment.exact')}
      </label>
      <input
        id={input}
        className="moment-input"
        type="datetime-local"
        value={toLocalInput(shown)}
        max={toLocalInput(now * MINUTE)}
        onChange={(event) => {
          const moment = fromLocalInput(event.target.value);
          if (moment)
            patch({ at: Date.parse(moment) >= now * MINUTE ? null : momentOf(Date.parse(moment)) });
        }}
      />
      <Button
        size="small"
        type={at === '' ? 'text' : 'primary'}
        disabled={at === ''}
        onClick={() => patch({ at: null })}
      >
        {t('moment.back')}
      </Button>
    </section>
  );
}
