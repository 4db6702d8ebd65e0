import { Link } from 'react-router';
import type { EntityHead } from '../api/types';
import { pathOf, useAt } from '../discovery/address';
import { HealthMark } from './Health';

/** An entity in one line: health, type and name, leading to its page at the moment shown. */
export function EntityLink({
  head,
  namespace = true,
  type = true,
}: {
  head: EntityHead;
  namespace?: boolean;
  type?: boolean;
}) {
  const at = useAt();
  return (
    <span className="entity">
      <HealthMark
        state={head.health.state}
        {...(head.health.reason === '' ? {} : { title: head.health.reason })}
      />
      {type && <span className="entity-type">{shownType(head)}</span>}
      <Link className="entity-name" to={pathOf('/entity', head, at)} title={head.id}>
        {head.name}
      </Link>
      {namespace && (head.pod ?? head.namespace) && (
        <span className="entity-type">{head.pod ?? head.namespace}</span>
      )}
    </span>
  );
}

/** The type; for objects without a type of their own, their kind without its group. */
export function shownType({ kind, typeText }: Pick<EntityHead, 'kind' | 'typeText'>): string {
  return kind?.split('.')[0] ?? typeText;
}
