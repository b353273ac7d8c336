import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { metadataSchema } from './metadata-schema.ts';
import { fieldSchema, keepsUnknownFields, type StructuralSchema } from './structural-schema.ts';

export interface Pruned<V extends JsonValue> {
  readonly value: V;
  /** Paths of the fields that were left out, e.g. `spec.items[0].colour`. */
  readonly unknownFields: string[];
}

/** The value without fields that its schema does not have. */
export function pruneUnknown<V extends JsonValue>(value: V, schema: StructuralSchema): Pruned<V> {
  const unknownFields: string[] = [];
  const kept = prune(value, schema, { path: '', unknownFields });
  return { value: kept as V, unknownFields };
}

interface Walk {
  readonly path: string;
  readonly unknownFields: string[];
}

function prune(value: JsonValue, schema: StructuralSchema, walk: Walk): JsonValue {
  if (Array.isArray(value)) return pruneList(value, schema, walk);
  return isJsonObject(value) ? pruneObject(value, schema, walk) : value;
}

function pruneList(list: JsonValue[], schema: StructuralSchema, walk: Walk): JsonValue {
  const { items } = schema;
  if (items === undefined) return list;
  return list.map((item, at) => prune(item, items, { ...walk, path: `${walk.path}[${at}]` }));
}

function pruneObject(object: JsonObject, schema: StructuralSchema, walk: Walk): JsonValue {
  const kept: JsonObject = {};
  for (const [field, value] of Object.entries(object)) {
    const path = walk.path === '' ? field : `${walk.path}.${field}`;
    const inner = fieldSchema(schema, field) ?? embeddedField(schema, field);
    if (inner !== undefined) kept[field] = prune(value ?? null, inner, { ...walk, path });
    else if (keepsUnknownFields(schema)) kept[field] = value;
    else walk.unknownFields.push(path);
  }
  return kept;
}

function embeddedField(schema: StructuralSchema, field: string): StructuralSchema | undefined {
  if (schema['x-kubernetes-embedded-resource'] !== true) return undefined;
  if (field === 'metadata') return metadataSchema;
  return field === 'apiVersion' || field === 'kind' ? { type: 'string' } : undefined;
}
