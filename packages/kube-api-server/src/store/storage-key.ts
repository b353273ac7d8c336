import type { ObjectMetadata } from '../object/kube-object.ts';

/**
 * Key of an object in the storage: `group/plural/namespace/name`, with `-` (no Namespace is called so) when it has none.
 * Neither part has a slash, so keys are distinct.
 */
export function storageKey(
  resourceId: string,
  metadata: Pick<ObjectMetadata, 'name' | 'namespace'>,
): string {
  return `${resourceId}/${metadata.namespace ?? '-'}/${metadata.name}`;
}

/** The resource of a key made by `storageKey`; undefined for the server's own keys. */
export function resourceIdOfKey(key: string): string | undefined {
  const parts = key.split('/');
  return parts.length === 4 ? `${parts[0] ?? ''}/${parts[1] ?? ''}` : undefined;
}
