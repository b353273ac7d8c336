import { objectOr, type JsonObject } from '../json/json-value.ts';
import type { ServedResource } from '../registry/resource.ts';
import {
  managedFieldsSchema,
  metadataSchema,
  ownerReferenceSchema,
} from '../schema/metadata-schema.ts';
import { objectSchema } from '../schema/object-schema.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** The definitions of meta/v1 that every group's document has. */
export const metaDefinitions: JsonObject = {
  [`${meta}.ObjectMeta`]: withProperties(metadataSchema, {
    managedFields: { type: 'array', items: reference('ManagedFieldsEntry') },
    ownerReferences: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['uid'],
      items: reference('OwnerReference'),
    },
  }),
  [`${meta}.ManagedFieldsEntry`]: withProperties(managedFieldsSchema, {
    fieldsV1: reference('FieldsV1'),
  }),
  [`${meta}.OwnerReference`]: ownerReferenceSchema as JsonObject,
  [`${meta}.FieldsV1`]: { type: 'object' },
};

function withProperties(schema: StructuralSchema, properties: JsonObject): JsonObject {
  const own = schema as JsonObject;
  return { ...own, properties: { ...objectOr(own.properties), ...properties } };
}

/** A reference with a default of its own, as the API server writes it. */
function reference(name: string): JsonObject {
  return { allOf: [{ $ref: `#/components/schemas/${meta}.${name}` }], default: {} };
}

/** `dev.knative.eventing.v1.Trigger`, as the API server names definitions. */
export function definitionName({ resource, version }: ServedResource): string {
  const group = resource.isCustom
    ? resource.group.split('.').reverse().join('.')
    : `io.k8s.api.${resource.group === '' ? 'core' : (resource.group.split('.')[0] ?? '')}`;
  return `${group}.${version.name}.${resource.kind}`;
}

/** A kind's schema for clients: metadata by reference. */
export function publishedSchema({ version }: ServedResource): JsonObject {
  const schema = objectSchema(version.schema) as JsonObject;
  const metadata = { ...reference('ObjectMeta'), description: metadataSchema.description };
  return { ...schema, properties: { ...objectOr(schema.properties), metadata } };
}
