import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';

/** RFC 7386: null removes a field, objects are merged, everything else is replaced. */
export function mergePatch(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(patch)) return patch;
  const merged: JsonObject = isJsonObject(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, field);
    else if (value !== undefined) merged[field] = mergePatch(merged[field], value);
  }
  return merged;
}
