import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { EntityAddress } from '../api/discovery';
import type { EntityHead } from '../api/types';

/** What an entity must tell of itself to be linked to. */
export type Linked = Pick<EntityHead, 'cluster' | 'type' | 'namespace' | 'name' | 'kind' | 'pod'>;

/** The state of a page that its address keeps, and a way to change some of it. */
export function useAddress() {
  const [parameters, setParameters] = useSearchParams();
  const patch = useCallback(
    (next: Record<string, string | null>, replace = true) =>
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(next)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace },
      ),
    [setParameters],
  );
  const of = useCallback((name: string) => parameters.get(name) ?? '', [parameters]);
  return { parameters, of, patch };
}

/** The past moment that the page is about, RFC 3339; empty for now. */
export function useAt(): string {
  const [parameters] = useSearchParams();
  return parameters.get('at') ?? '';
}

export function useEntityAddress(): EntityAddress {
  const [parameters] = useSearchParams();
  return useMemo(() => {
    const of = (name: string) => parameters.get(name) ?? '';
    return {
      cluster: of('cluster'),
      type: of('type'),
      namespace: of('namespace'),
      name: of('name'),
      kind: of('kind'),
      pod: of('pod'),
    };
  }, [parameters]);
}

export function pathOf(
  page: '/entity' | '/map' | '/explore' | '/logs',
  { cluster, type, namespace, name, kind, pod }: Linked,
  at: string,
): string {
  return withQuery(page, { cluster, type, namespace, pod, kind, name, at });
}

export function withQuery(page: string, query: Record<string, string | null | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, value);
  const text = parameters.toString();
  return text === '' ? page : `${page}?${text}`;
}
