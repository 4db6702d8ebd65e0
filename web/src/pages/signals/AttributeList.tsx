import type { Attributes } from '../../api/types';

/** Attributes by their names; nothing where there are none. */
export function AttributeList({ label, attributes }: { label: string; attributes: Attributes }) {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return null;
  return (
    <dl className="fact-list" aria-label={label}>
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
