import { splitKey, type ResourceKind } from '@jetmesh/eventing-api';

/** `/apis/<group>/<version>[/namespaces/<ns>]/<plural>`; without a Namespace, of all Namespaces. */
export function collectionPath(kind: ResourceKind, namespace?: string): string {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${scope}/${kind.plural}`;
}

/** Path of one object by its key, `namespace/name` or `name`. */
export function objectPath(kind: ResourceKind, key: string, subresource?: string): string {
  const { namespace, name } = splitKey(key);
  const path = `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`;
  return subresource === undefined ? path : `${path}/${subresource}`;
}
