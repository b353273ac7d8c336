import { objectOr, type JsonObject } from '../json/json-value.ts';
import type { ServedResource } from '../registry/resource.ts';
import { metadataSchema } from '../schema/metadata-schema.ts';
import { objectSchema } from '../schema/object-schema.ts';

const metaName = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

export const objectMetaDefinition: JsonObject = { [metaName]: metadataSchema as JsonObject };

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
  const metadata = {
    allOf: [{ $ref: `#/components/schemas/${metaName}` }],
    description: metadataSchema.description,
    default: {},
  };
  return { ...schema, properties: { ...objectOr(schema.properties), metadata } };
}
