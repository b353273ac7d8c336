import type { ObjectMeta } from './object.ts';

/** `namespace/name`, or `name` alone for an object without a Namespace: the key of stores and work queues. */
export function objectKey(metadata: Pick<ObjectMeta, 'name' | 'namespace'>): string {
  return metadata.namespace === undefined
    ? metadata.name
    : `${metadata.namespace}/${metadata.name}`;
}

/** The Namespace (undefined for an object without one) and name of a key made by `objectKey`. */
export function splitKey(key: string): { namespace: string | undefined; name: string } {
  const slash = key.indexOf('/');
  return slash === -1
    ? { namespace: undefined, name: key }
    : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
