import type { ApiContext } from '../handlers/api-context.ts';
import { withMetadata, type KubeObject, type OwnerReference } from '../object/kube-object.ts';
import { keyOf } from '../object/kube-object.ts';
import type { ObjectChange } from '../store/watch-window.ts';
import { editStored, removeStored } from './edit-stored.ts';
import { locationKey, parseLocation, type ObjectLocation } from './object-location.ts';
import { OwnerIndex, ownersOf } from './owner-index.ts';
import { planCollection, type OwnerState } from './plan-collection.ts';
import { foregroundFinalizer, orphanFinalizer } from './plan-deletion.ts';
import { SerialWorker } from './serial-worker.ts';

/**
 * Deletes what only absent owners own, and finishes deletions in the foreground (owner waits for the dependents that
 * block it) and with orphans (dependents lose their reference). Looks at an object whenever it or an owner changed.
 */
export class GarbageCollector {
  readonly #api: ApiContext;
  readonly #index = new OwnerIndex();
  readonly #worker: SerialWorker;
  readonly #stopListening: () => void;

  constructor(api: ApiContext) {
    this.#api = api;
    this.#worker = new SerialWorker(api.logger, (key) => this.#visit(parseLocation(key)));
    for (const storageId of api.store.resourceIds()) {
      for (const object of api.store.list(storageId)) {
        this.#index.add(storageId, object);
        this.#enqueueIfConcerned(storageId, object);
      }
    }
    this.#stopListening = api.store.listen((storageId, change) => {
      this.#onChange(storageId, change);
    });
  }

  async close(): Promise<void> {
    this.#stopListening();
    await this.#worker.close();
  }

  #onChange(storageId: string, { kind, object, previous }: ObjectChange): void {
    if (kind === 'deleted') {
      this.#index.remove(storageId, previous ?? object);
      this.#enqueueAll(this.#index.dependentsOf(object.metadata.uid ?? ''));
      for (const { uid } of ownersOf(object)) this.#enqueue(this.#index.locationOf(uid));
      return;
    }
    if (previous !== undefined) this.#index.removeReferences(storageId, previous);
    this.#index.add(storageId, object);
    this.#enqueueIfConcerned(storageId, object);
  }

  #enqueueIfConcerned(storageId: string, object: KubeObject): void {
    const isConcerned = ownersOf(object).length > 0 || isWaiting(object);
    if (isConcerned) this.#enqueue({ storageId, key: keyOf(object.metadata) });
  }

  #enqueue(location: ObjectLocation | undefined): void {
    if (location !== undefined) this.#worker.add(locationKey(location));
  }

  #enqueueAll(locations: readonly ObjectLocation[]): void {
    for (const location of locations) this.#enqueue(location);
  }

  async #visit(location: ObjectLocation): Promise<void> {
    const object = this.#api.store.get(location.storageId, location.key);
    if (object === undefined) return;
    await this.#collect(location, object);
    if (!isWaiting(object)) return;
    if (hasFinalizer(object, orphanFinalizer)) await this.#orphanDependents(location, object);
    else await this.#deleteDependents(location, object);
  }

  async #collect(location: ObjectLocation, object: KubeObject): Promise<void> {
    const owners = ownersOf(object).map((reference) => ({
      reference,
      state: this.#stateOf(reference, object),
    }));
    const { uid } = object.metadata;
    const hasDependents = this.#index.dependentsOf(uid ?? '').length > 0;
    const plan = planCollection(object, owners, hasDependents);
    switch (plan.kind) {
      case 'keep':
        return;
      case 'drop-references':
        await editStored(this.#api, location, (stored) => withoutOwners(stored, plan.uids));
        return;
      case 'delete':
        await removeStored(this.#api, location, { propagation: plan.propagation, uid });
    }
  }

  #stateOf(reference: OwnerReference, dependent: KubeObject): OwnerState {
    const owner = this.#index.find(this.#api.store, reference.uid);
    if (owner === undefined) {
      if (this.#index.wasDeleted(reference.uid)) return 'absent';
      return this.#isServed(reference) ? 'absent' : 'unknown';
    }
    const { namespace, deletionTimestamp } = owner.metadata;
    if (namespace !== undefined && namespace !== dependent.metadata.namespace) return 'absent';
    const isWaitedFor = deletionTimestamp !== undefined && hasFinalizer(owner, foregroundFinalizer);
    return isWaitedFor ? 'waiting' : 'present';
  }

  #isServed({ apiVersion, kind }: OwnerReference): boolean {
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    return this.#api.registry.findKind(group ?? '', version ?? '', kind) !== undefined;
  }

  async #orphanDependents(location: ObjectLocation, owner: KubeObject): Promise<void> {
    const uid = owner.metadata.uid ?? '';
    for (const dependent of this.#index.dependentsOf(uid)) {
      await editStored(this.#api, dependent, (stored) => withoutOwners(stored, [uid]));
    }
    await editStored(this.#api, location, (stored) => withoutFinalizer(stored, orphanFinalizer));
  }

  async #deleteDependents(location: ObjectLocation, owner: KubeObject): Promise<void> {
    const uid = owner.metadata.uid ?? '';
    const dependents = this.#index.dependentsOf(uid);
    this.#enqueueAll(dependents);
    const isBlocked = dependents.some(({ storageId, key }) => {
      const dependent = this.#api.store.get(storageId, key);
      const references = dependent === undefined ? [] : ownersOf(dependent);
      return references.some((each) => each.uid === uid && each.blockOwnerDeletion === true);
    });
    if (isBlocked) return;
    await editStored(this.#api, location, (stored) =>
      withoutFinalizer(stored, foregroundFinalizer),
    );
  }
}

function isWaiting(object: KubeObject): boolean {
  return (
    object.metadata.deletionTimestamp !== undefined &&
    (hasFinalizer(object, foregroundFinalizer) || hasFinalizer(object, orphanFinalizer))
  );
}

function hasFinalizer({ metadata }: KubeObject, name: string): boolean {
  return metadata.finalizers?.includes(name) === true;
}

function withoutFinalizer(object: KubeObject, name: string): KubeObject {
  if (!hasFinalizer(object, name)) return object;
  const finalizers = (object.metadata.finalizers ?? []).filter((each) => each !== name);
  return withMetadata(object, { finalizers: finalizers.length === 0 ? undefined : finalizers });
}

function withoutOwners(object: KubeObject, uids: readonly string[]): KubeObject {
  const kept = ownersOf(object).filter(({ uid }) => !uids.includes(uid));
  if (kept.length === ownersOf(object).length) return object;
  return withMetadata(object, { ownerReferences: kept.length === 0 ? undefined : kept });
}
