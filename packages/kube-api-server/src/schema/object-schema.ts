import { metadataSchema } from './metadata-schema.ts';
import type { StructuralSchema } from './structural-schema.ts';

const complete = new WeakMap<StructuralSchema, StructuralSchema>();

/** A kind's schema with apiVersion, kind and the whole of metadata, which definitions leave out. */
export function objectSchema(schema: StructuralSchema): StructuralSchema {
  let whole = complete.get(schema);
  if (whole === undefined) {
    whole = {
      ...schema,
      type: 'object',
      properties: {
        apiVersion: { type: 'string', description: apiVersionText },
        kind: { type: 'string', description: kindText },
        ...schema.properties,
        metadata: metadataSchema,
      },
    };
    complete.set(schema, whole);
  }
  return whole;
}

const apiVersionText =
  'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources';
const kindText =
  'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds';
