import type { Attributes } from '../api/types';
import { useWord } from '../i18n';

/** An entity by its type and name; its attributes on hover. */
export function Entity({
  type,
  name,
  attributes = {},
}: {
  type: string;
  name: string;
  attributes?: Attributes;
}) {
  const word = useWord();
  return (
    <span className="entity" title={attributeLines(attributes)}>
      <span className="entity-type">{word('type', type)}</span>
      <span className="entity-name">{name}</span>
    </span>
  );
}

function attributeLines(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
