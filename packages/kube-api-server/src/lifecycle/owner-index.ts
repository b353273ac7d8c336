import type { KubeObject, OwnerReference } from '../object/kube-object.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { keyOf } from '../object/kube-object.ts';
import { locationKey, parseLocation, type ObjectLocation } from './object-location.ts';

const maxRememberedUids = 10_000;

/** Which objects exist by UID, who depends on whom, and which UIDs were deleted lately. */
export class OwnerIndex {
  readonly #locations = new Map<string, string>();
  readonly #dependents = new Map<string, Set<string>>();
  readonly #deletedUids = new Set<string>();

  add(storageId: string, object: KubeObject): void {
    const location = locationKey({ storageId, key: keyOf(object.metadata) });
    if (object.metadata.uid !== undefined) this.#locations.set(object.metadata.uid, location);
    for (const { uid } of ownersOf(object)) {
      const dependents = this.#dependents.get(uid) ?? new Set();
      this.#dependents.set(uid, dependents.add(location));
    }
  }

  /** Forgets what an earlier state of an object said of its owners. */
  removeReferences(storageId: string, object: KubeObject): void {
    const location = locationKey({ storageId, key: keyOf(object.metadata) });
    for (const { uid } of ownersOf(object)) {
      const dependents = this.#dependents.get(uid);
      dependents?.delete(location);
      if (dependents?.size === 0) this.#dependents.delete(uid);
    }
  }

  remove(storageId: string, object: KubeObject): void {
    this.removeReferences(storageId, object);
    const { uid } = object.metadata;
    if (uid === undefined) return;
    this.#locations.delete(uid);
    this.#deletedUids.add(uid);
    const [oldest] = this.#deletedUids;
    if (this.#deletedUids.size > maxRememberedUids && oldest !== undefined) {
      this.#deletedUids.delete(oldest);
    }
  }

  wasDeleted(uid: string): boolean {
    return this.#deletedUids.has(uid);
  }

  find(store: ObjectStore, uid: string): KubeObject | undefined {
    const location = this.locationOf(uid);
    return location === undefined ? undefined : store.get(location.storageId, location.key);
  }

  locationOf(uid: string): ObjectLocation | undefined {
    const location = this.#locations.get(uid);
    return location === undefined ? undefined : parseLocation(location);
  }

  dependentsOf(uid: string): ObjectLocation[] {
    return [...(this.#dependents.get(uid) ?? [])].map(parseLocation);
  }
}

export function ownersOf({ metadata }: KubeObject): readonly OwnerReference[] {
  return metadata.ownerReferences ?? [];
}
