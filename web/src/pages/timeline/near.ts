import { withQuery } from '../../discovery/address';

/** Where in an id, such as `container/shop/cart-7f9/app`, stands what between type and name. */
const SCOPES: Record<string, readonly string[]> = {
  container: ['namespace', 'pod'],
  object: ['namespace', 'kind'],
};

/** The page of an entity that is known by its id and cluster only. */
export function addressOf(page: '/entity' | '/map', cluster: string, id: string): string {
  const parts = id.split('/').map(decodeURIComponent);
  const type = parts[0] ?? '';
  const name = parts.at(-1) ?? '';
  const scope = SCOPES[type] ?? ['namespace'];
  const between = parts.slice(1, -1);
  const known = Object.fromEntries(scope.map((key, index) => [key, between[index]]));
  return withQuery(page, { cluster, type, ...known, name });
}
