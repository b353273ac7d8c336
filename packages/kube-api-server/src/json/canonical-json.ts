import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';

/** JSON text with the fields of every object in order of their names, as Go writes maps. */
export function canonicalJson(value: JsonValue): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const object: JsonObject = {};
  for (const name of Object.keys(value).sort()) {
    const field = value[name];
    if (field !== undefined) object[name] = sorted(field);
  }
  return object;
}
