import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { fieldSchema, type StructuralSchema } from './structural-schema.ts';

/** The value with its schema's defaults where a field is absent, or null and not nullable. */
export function applyDefaults<V extends JsonValue>(value: V, schema: StructuralSchema): V {
  return fill(value, schema) as V;
}

function fill(value: JsonValue, schema: StructuralSchema): JsonValue {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item) => fill(item, items));
  }
  return isJsonObject(value) ? fillObject(value, schema) : value;
}

function fillObject(object: JsonObject, schema: StructuralSchema): JsonObject {
  const filled: JsonObject = {};
  for (const [field, value] of Object.entries(object)) {
    const inner = fieldSchema(schema, field);
    if (value === null && inner?.default !== undefined && inner.nullable !== true) continue;
    filled[field] = inner === undefined || value === undefined ? value : fill(value, inner);
  }
  for (const [field, inner] of Object.entries(schema.properties ?? {})) {
    if (inner.default === undefined || filled[field] !== undefined) continue;
    filled[field] = fill(structuredClone(inner.default), inner);
  }
  return filled;
}
