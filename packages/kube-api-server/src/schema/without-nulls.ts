import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { fieldSchema, type StructuralSchema } from './structural-schema.ts';

/** Custom objects as the API decodes them: a null that is neither allowed nor defaulted is an absent field. */
export function withoutNulls<V extends JsonValue>(value: V, schema: StructuralSchema): V {
  return clean(value, schema) as V;
}

function clean(value: JsonValue, schema: StructuralSchema | undefined): JsonValue {
  if (schema === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => clean(item, schema.items));
  return isJsonObject(value) ? cleanObject(value, schema) : value;
}

function cleanObject(object: JsonObject, schema: StructuralSchema): JsonObject {
  const kept: JsonObject = {};
  for (const [field, value] of Object.entries(object)) {
    const inner = fieldSchema(schema, field);
    const isAllowed = inner === undefined || inner.nullable === true || inner.default !== undefined;
    if (value === undefined || (value === null && !isAllowed)) continue;
    kept[field] = clean(value, inner);
  }
  return kept;
}
