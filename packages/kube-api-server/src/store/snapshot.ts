import { keyOf, type KubeObject } from '../object/kube-object.ts';
import { byKey, type ObjectCollection } from './object-collection.ts';

/** The objects of a resource at one revision, in order. */
export interface Snapshot {
  readonly keys: readonly string[];
  readonly get: (key: string) => KubeObject | undefined;
}

/** State at a revision, got by undoing later changes; undefined when those are no longer held. */
export function snapshotAt(collection: ObjectCollection, revision: number): Snapshot | undefined {
  const later = collection.window.since(revision);
  if (later === undefined) return undefined;
  if (later.length === 0) {
    return { keys: collection.sortedKeys(), get: (key) => collection.get(key) };
  }
  const objects = new Map(collection.sortedKeys().map((key) => [key, collection.get(key)]));
  for (const { kind, object, previous } of later.reverse()) {
    const key = keyOf(object.metadata);
    if (kind === 'added') objects.delete(key);
    else objects.set(key, previous);
  }
  return { keys: [...objects.keys()].sort(byKey), get: (key) => objects.get(key) };
}
