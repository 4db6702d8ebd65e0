import { useMemo } from 'react';
import type { Range, Subject } from '../../api/signals';
import type { Attributes } from '../../api/types';
import { useAddress, useEntityAddress, withQuery } from '../../discovery/address';

export const DEFAULT_MINUTES = 60;

/** Between attributes in the address; no attribute holds a line break. */
const BETWEEN = '\n';

/** Of what the address of a page asks for signals. */
export function useSubject(): Subject {
  const { of } = useAddress();
  const entity = useEntityAddress();
  const attribute = of('attribute');
  return useMemo(
    () => ({ ...entity, attribute: attribute === '' ? [] : attribute.split(BETWEEN) }),
    [entity, attribute],
  );
}

/** The time that the address of a page asks for: so many minutes before its moment. */
export function useRange(): Range {
  const { of } = useAddress();
  const at = of('at');
  const minutes = Number(of('last')) || DEFAULT_MINUTES;
  return useMemo(() => ({ at, minutes }), [at, minutes]);
}

export function attributesText(attributes: readonly string[]): string | null {
  const given = attributes.map((one) => one.trim()).filter((one) => /^[^=]+=/.test(one));
  return given.length === 0 ? null : given.join(BETWEEN);
}

/** The address of a page that shows signals of the same, at the same time. */
export function signalPath(
  page: '/explore' | '/logs' | '/log-patterns' | '/traces',
  { attribute, ...entity }: Subject,
  range: Range,
  more: Record<string, string> = {},
): string {
  return withQuery(page, {
    ...entity,
    attribute: attributesText(attribute),
    at: range.at,
    last: range.minutes === DEFAULT_MINUTES ? '' : String(range.minutes),
    ...more,
  });
}

/** The page of the pod that a line or span names; null where it names none. */
export function podPath(resource: Attributes, at: string): string | null {
  const name = resource['k8s.pod.name'];
  if (!name) return null;
  return withQuery('/entity', {
    cluster: resource['k8s.cluster.name'],
    type: 'pod',
    namespace: resource['k8s.namespace.name'],
    name,
    at,
  });
}

/** What wrote a line, as a person calls it. */
export function originOf(resource: Attributes): string {
  return (
    resource['k8s.pod.name'] ??
    resource['service.name'] ??
    resource['k8s.node.name'] ??
    resource['host.name'] ??
    ''
  );
}
