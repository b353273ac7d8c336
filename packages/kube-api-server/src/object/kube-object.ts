import { withoutFields, type JsonObject } from '../json/json-value.ts';

export interface OwnerReference extends JsonObject {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ManagedFieldsEntry extends JsonObject {
  manager?: string;
  operation?: string;
  apiVersion?: string;
  time?: string;
  fieldsType?: string;
  fieldsV1?: JsonObject;
  subresource?: string;
}

export interface ObjectMetadata extends JsonObject {
  name: string;
  namespace?: string;
  generateName?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
}

/** An object of the API. Objects in the store are never changed in place: a write makes a new one. */
export interface KubeObject extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMetadata;
}

/** `namespace/name`, or `name` alone. */
export function keyOf(metadata: Pick<ObjectMetadata, 'name' | 'namespace'>): string {
  return metadata.namespace === undefined
    ? metadata.name
    : `${metadata.namespace}/${metadata.name}`;
}

/** A copy whose metadata has these changes; undefined removes a field. */
export function withMetadata(
  object: KubeObject,
  changes: { [F in keyof ObjectMetadata]?: ObjectMetadata[F] | undefined },
): KubeObject {
  const metadata: JsonObject = { ...object.metadata };
  for (const [field, value] of Object.entries(changes)) {
    if (value === undefined) Reflect.deleteProperty(metadata, field);
    else metadata[field] = value;
  }
  return { ...object, metadata: metadata as ObjectMetadata };
}

/** Empty maps and lists of metadata are absent ones. */
export function withoutEmptyMetadata(object: KubeObject): KubeObject {
  const { metadata } = object;
  const empty = ['labels', 'annotations', 'finalizers', 'ownerReferences'].filter((field) => {
    const value = metadata[field];
    return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  });
  return empty.length === 0
    ? object
    : { ...object, metadata: withoutFields(metadata, ...empty) as ObjectMetadata };
}
