import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { anything, fieldSchema, type StructuralSchema } from './structural-schema.ts';

/** As the API reads built-in kinds: a field that is null, or an empty map or list, is an absent one. */
export function withoutEmpty(object: JsonObject, schema: StructuralSchema): JsonObject {
  const kept: JsonObject = {};
  for (const [field, value] of Object.entries(object)) {
    if (value === null || value === undefined) continue;
    const inner = fieldSchema(schema, field) ?? anything;
    const next = clean(value, inner);
    if (!isEmptyCollection(next, inner)) kept[field] = next;
  }
  return kept;
}

function clean(value: JsonValue, schema: StructuralSchema): JsonValue {
  if (Array.isArray(value)) return value.map((item) => clean(item, schema.items ?? anything));
  return isJsonObject(value) ? withoutEmpty(value, schema) : value;
}

function isEmptyCollection(value: JsonValue, schema: StructuralSchema): boolean {
  if (Array.isArray(value)) return schema.type === 'array' && value.length === 0;
  const isMap = schema.additionalProperties !== undefined;
  return isMap && isJsonObject(value) && Object.keys(value).length === 0;
}
