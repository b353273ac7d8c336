import type { ApiContext } from '../handlers/api-context.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { Resource } from '../registry/resource.ts';
import type { ObjectLocation } from './object-location.ts';
import { isHeld, planDeletion } from './plan-deletion.ts';
import type { Propagation } from '../handlers/delete-options.ts';

/** Changes an object for the server itself; one that was being deleted goes when nothing holds it any more. */
export async function editStored(
  api: ApiContext,
  location: ObjectLocation,
  edit: (stored: KubeObject) => KubeObject,
): Promise<void> {
  const resource = api.registry.storedAs(location.storageId);
  await api.store.write(location.storageId, location.key, (stored) => {
    if (stored === undefined) return { kind: 'keep' };
    const edited = edit(stored);
    const isDeleted = stored.metadata.deletionTimestamp !== undefined;
    if (isDeleted && !isHeldBy(edited, resource)) return { kind: 'delete', object: edited };
    return edited === stored ? { kind: 'keep' } : { kind: 'put', object: edited };
  });
}

/** Asks for the deletion of an object, if it is still the one that was meant. */
export async function removeStored(
  api: ApiContext,
  location: ObjectLocation,
  { propagation, uid }: { propagation: Propagation; uid: string | undefined },
): Promise<void> {
  const resource = api.registry.storedAs(location.storageId);
  if (resource === undefined) return;
  await api.store.write(location.storageId, location.key, (stored) => {
    if (stored === undefined || stored.metadata.uid !== uid) return { kind: 'keep' };
    return planDeletion(stored, resource, { propagation, now: api.now() });
  });
}

function isHeldBy(object: KubeObject, resource: Resource | undefined): boolean {
  return resource === undefined || isHeld(object, resource);
}
