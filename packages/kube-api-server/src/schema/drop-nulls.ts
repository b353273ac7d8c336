import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';

/** For built-in kinds a null is an absent field. */
export function dropNulls(object: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const [field, value] of Object.entries(object)) {
    if (value !== null && value !== undefined) kept[field] = dropInner(value);
  }
  return kept;
}

function dropInner(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(dropInner);
  return isJsonObject(value) ? dropNulls(value) : value;
}
