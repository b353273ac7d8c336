import { jsonEqual } from '../json/json-equal.ts';
import { withoutFields, type JsonObject } from '../json/json-value.ts';
import {
  withMetadata,
  withoutEmptyMetadata,
  type KubeObject,
  type ObjectMetadata,
} from '../object/kube-object.ts';
import type { ServedResource } from '../registry/resource.ts';

/** The next state from what a client wants: only what the main resource may change is taken from it. */
export function prepareUpdate(
  wanted: KubeObject,
  current: KubeObject,
  { served, peers }: { served: ServedResource; peers: () => readonly KubeObject[] },
): KubeObject {
  const { resource, version } = served;
  const kept = withServerFields(wanted, current);
  const merged = version.hasStatus ? withField(kept, current, 'status') : kept;
  const prepared = resource.strategy.prepareUpdate?.(merged, current, peers) ?? merged;
  return withGeneration(prepared, current, served);
}

/** A status write changes the status and nothing else. */
export function prepareStatusUpdate(wanted: KubeObject, current: KubeObject): KubeObject {
  return withMetadata(withField(current, wanted, 'status'), {
    managedFields: wanted.metadata.managedFields,
  });
}

function withServerFields(wanted: KubeObject, current: KubeObject): KubeObject {
  const { metadata } = current;
  const kept: JsonObject = {};
  for (const field of serverFields)
    if (metadata[field] !== undefined) kept[field] = metadata[field];
  const own = withoutFields(wanted.metadata, ...serverFields);
  return withoutEmptyMetadata({ ...wanted, metadata: { ...own, ...kept } as ObjectMetadata });
}

const serverFields = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'resourceVersion',
  'generateName',
  'selfLink',
] as const;

function withField(object: KubeObject, from: KubeObject, field: string): KubeObject {
  const value = from[field];
  const rest = withoutFields(object, field) as KubeObject;
  return value === undefined ? rest : { ...rest, [field]: value };
}

/** Generation counts changes of what is desired: everything but metadata and status. */
function withGeneration(
  next: KubeObject,
  current: KubeObject,
  { resource }: ServedResource,
): KubeObject {
  if (!resource.strategy.hasGeneration) return next;
  if (jsonEqual(desired(next), desired(current))) return next;
  return withMetadata(next, { generation: (current.metadata.generation ?? 0) + 1 });
}

function desired(object: KubeObject): JsonObject {
  return withoutFields(object, 'metadata', 'status', 'apiVersion', 'kind');
}
