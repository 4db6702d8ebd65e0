import { Select } from 'antd';
import { useState } from 'react';
import { useEntitySearch } from '../api/discovery';
import type { EntityRow } from '../api/types';
import { useDebounced } from '../discovery/debounced';
import { useLanguage } from '../i18n';
import { shownType } from './EntityLink';
import { HealthMark } from './Health';

const MOST = 20;

/** Finds one entity of a cluster by typing. */
export function EntityPick({
  cluster,
  label,
  value,
  onChange,
}: {
  cluster: string;
  label: string;
  /** The chosen entity's id; empty for none. */
  value: string;
  onChange: (row: EntityRow | null) => void;
}) {
  const lang = useLanguage();
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed.trim());
  const found = useEntitySearch(q, lang, MOST, cluster);
  const rows = q === '' ? [] : (found.data?.items ?? []);
  return (
    <Select
      className="entity-pick"
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      aria-label={label}
      placeholder={label}
      value={value || null}
      notFoundContent={null}
      loading={q !== '' && found.isFetching}
      onChange={(id: string | undefined) => onChange(rows.find((row) => row.id === id) ?? null)}
      options={rows.map((row) => ({
        value: row.id,
        title: row.id,
        label: (
          <span className="entity">
            <HealthMark state={row.health.state} />
            <span className="entity-type">{shownType(row)}</span>
            <span className="entity-name">{row.name}</span>
            <span className="entity-type">{row.pod ?? row.namespace}</span>
          </span>
        ),
      }))}
    />
  );
}
