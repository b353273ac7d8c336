import type { ResourceKind } from '@jetmesh/eventing-api';

/** REST path of a collection, or of one object in it. */
export function resourcePath(kind: ResourceKind, namespace?: string, name?: string): string {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${root}${scope}/${kind.plural}${name === undefined ? '' : `/${name}`}`;
}
