import type { StructuralSchema } from './structural-schema.ts';

type More = Omit<StructuralSchema, 'type'>;

export const text: StructuralSchema = { type: 'string' };
export const flag: StructuralSchema = { type: 'boolean' };
export const int32: StructuralSchema = { type: 'integer', format: 'int32' };
export const int64: StructuralSchema = { type: 'integer', format: 'int64' };
export const time: StructuralSchema = { type: 'string', format: 'date-time', nullable: true };
/** RFC 3339 with six digits of a second. */
export const microTime: StructuralSchema = { type: 'string', format: 'micro-time', nullable: true };
export const intOrText: StructuralSchema = { 'x-kubernetes-int-or-string': true };
export const textMap: StructuralSchema = { type: 'object', additionalProperties: text };
export const bytesMap: StructuralSchema = {
  type: 'object',
  additionalProperties: { type: 'string', format: 'byte' },
};
export const openObject: StructuralSchema = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
};

export function record(
  properties: Record<string, StructuralSchema>,
  more: More = {},
): StructuralSchema {
  return { type: 'object', ...more, properties };
}

/** A list that server-side apply replaces as a whole. */
export function listOf(items: StructuralSchema): StructuralSchema {
  return { type: 'array', items, 'x-kubernetes-list-type': 'atomic' };
}

export function setOf(items: StructuralSchema): StructuralSchema {
  return { type: 'array', items, 'x-kubernetes-list-type': 'set' };
}

/** A list whose items are told apart by these fields. */
export function listByKey(keys: string[], items: StructuralSchema): StructuralSchema {
  return {
    type: 'array',
    items,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': keys,
  };
}

/** References that are replaced as a whole. */
export function atomicRecord(properties: Record<string, StructuralSchema>): StructuralSchema {
  return record(properties, { 'x-kubernetes-map-type': 'atomic' });
}

export const conditions: StructuralSchema = listByKey(
  ['type'],
  record(
    {
      type: text,
      status: text,
      observedGeneration: int64,
      lastTransitionTime: time,
      lastUpdateTime: time,
      reason: text,
      message: text,
    },
    { required: ['type', 'status'] },
  ),
);

export const objectReference: StructuralSchema = atomicRecord({
  apiVersion: text,
  kind: text,
  namespace: text,
  name: text,
  uid: text,
  resourceVersion: text,
  fieldPath: text,
});
