import type { ObjectMetadata } from '../object/kube-object.ts';

/**
 * Key of an object in the storage: `group/plural/namespace/name`, with `-` (no Namespace is called so) when it has none.
 * Characters that a JetStream key may not have are written as `=` and two hex digits, so keys stay distinct.
 */
export function storageKey(
  resourceId: string,
  metadata: Pick<ObjectMetadata, 'name' | 'namespace'>,
): string {
  return `${resourceId}/${metadata.namespace ?? '-'}/${escapeName(metadata.name)}`;
}

/** The resource of a key made by `storageKey`; undefined for the server's own keys. */
export function resourceIdOfKey(key: string): string | undefined {
  const parts = key.split('/');
  return parts.length === 4 ? `${parts[0] ?? ''}/${parts[1] ?? ''}` : undefined;
}

function escapeName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]|\.$|^\.|\.(?=\.)/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}
