import { SearchOutlined } from '@ant-design/icons';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useEntitySearch } from '../api/discovery';
import type { EntityRow } from '../api/types';
import { pathOf, withQuery } from '../discovery/address';
import { useDebounced } from '../discovery/debounced';
import { useLanguage } from '../i18n';
import { shownType } from './EntityLink';
import { HealthMark } from './Health';

const MOST = 10;

/** Finds entities by name in all clusters, from every page: Ctrl or Cmd with K, then type. */
export function GlobalSearch() {
  const { t, i18n } = useTranslation();
  const lang = useLanguage();
  const navigate = useNavigate();
  const list = useId();
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const q = useDebounced(text.trim());
  const found = useEntitySearch(open ? q : '', lang, MOST);
  const rows = q === '' ? [] : (found.data?.items ?? []);
  const total = found.data?.total ?? 0;
  const all = rows.length;

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const go = (path: string) => {
    setOpen(false);
    setText('');
    box.current?.blur();
    void navigate(path);
  };
  const goTo = (index: number) => {
    const row = rows[index];
    if (row) go(pathOf('/entity', row, ''));
    else if (q !== '') go(withQuery('/inventory', { q }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((before) => (before + by + all + 1) % (all + 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (q === text.trim()) goTo(chosen);
    } else if (event.key === 'Escape') {
      setOpen(false);
      box.current?.blur();
    }
  };

  const shown = open && text.trim() !== '';
  return (
    <div className="global-search">
      <SearchOutlined aria-hidden="true" />
      <input
        ref={box}
        type="text"
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown ? `${list}-${chosen}` : undefined}
        placeholder={t('search.placeholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label={t('search.label')} hidden={!shown}>
        {rows.map((row, index) => (
          <Option
            key={`${row.cluster} ${row.id}`}
            id={`${list}-${index}`}
            row={row}
            chosen={index === chosen}
            onPoint={() => setChosen(index)}
            onChoose={() => goTo(index)}
          />
        ))}
        <div
          id={`${list}-${all}`}
          role="option"
          aria-selected={chosen === all}
          tabIndex={-1}
          className="quiet"
          onPointerMove={() => setChosen(all)}
          onMouseDown={(event) => {
            event.preventDefault();
            goTo(all);
          }}
        >
          {found.isError
            ? t('search.failed')
            : found.isPending || found.isPlaceholderData || q !== text.trim()
              ? t('common.loading')
              : total === 0
                ? t('search.none')
                : t('search.all', { total: total.toLocaleString(i18n.language) })}
        </div>
      </div>
    </div>
  );
}

function Option({
  id,
  row,
  chosen,
  onPoint,
  onChoose,
}: {
  id: string;
  row: EntityRow;
  chosen: boolean;
  onPoint: () => void;
  onChoose: () => void;
}) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      tabIndex={-1}
      onPointerMove={onPoint}
      onMouseDown={(event) => {
        event.preventDefault();
        onChoose();
      }}
    >
      <HealthMark state={row.health.state} />
      <span className="global-search-name">{row.name}</span>
      <span className="entity-type">
        {shownType(row)} · {[row.cluster, row.namespace].filter(Boolean).join(' / ')}
      </span>
    </div>
  );
}
