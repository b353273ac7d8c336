import { withDefaults } from '../admission/admit-fields.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { Resource, ServedResource } from '../registry/resource.ts';
import { objectSchema } from '../schema/object-schema.ts';
import { pruneUnknown } from '../schema/prune-unknown.ts';
import { withoutNulls } from '../schema/without-nulls.ts';
import type { ObjectStore } from '../store/object-store.ts';

/** Objects that were stored under another schema are seen as that of now has them; what is stored changes with a write. */
export function reshapeStored(store: Pick<ObjectStore, 'collection'>, resource: Resource): void {
  const version = resource.versions.find(({ name }) => name === resource.storageVersion);
  if (version === undefined) return;
  const collection = store.collection(resource.storageId);
  for (const key of collection.sortedKeys()) {
    const stored = collection.get(key);
    if (stored !== undefined) collection.reshape(key, reshaped(stored, { resource, version }));
  }
}

function reshaped(object: KubeObject, served: ServedResource): KubeObject {
  const schema = objectSchema(served.version.schema);
  const { value } = pruneUnknown(withoutNulls(object, schema), schema);
  return withDefaults(value, served);
}
