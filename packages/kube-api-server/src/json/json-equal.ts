import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';

/** Deep equality of JSON; a field that is undefined is an absent one. */
export function jsonEqual(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) return Array.isArray(right) && listsEqual(left, right);
  return isJsonObject(left) && isJsonObject(right) && objectsEqual(left, right);
}

function listsEqual(left: JsonValue[], right: JsonValue[]): boolean {
  return left.length === right.length && left.every((item, at) => jsonEqual(item, right[at]));
}

function objectsEqual(left: JsonObject, right: JsonObject): boolean {
  for (const name in left) if (!jsonEqual(left[name], right[name])) return false;
  for (const name in right) if (right[name] !== undefined && left[name] === undefined) return false;
  return true;
}
