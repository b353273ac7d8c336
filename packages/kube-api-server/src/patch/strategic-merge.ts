import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { orderMergedList } from './order-merged-list.ts';
import { anything, fieldSchema, type StructuralSchema } from '../schema/structural-schema.ts';

/**
 * Strategic merge patch for built-in kinds: a merge patch in which lists that have keys are merged item by item.
 * `$patch: delete|replace|merge`, `$deleteFromPrimitiveList/…`, `$setElementOrder/…` and `$retainKeys` are known.
 */
export function strategicMerge(
  target: JsonValue | undefined,
  patch: JsonValue,
  schema: StructuralSchema,
): JsonValue | undefined {
  if (!isJsonObject(patch)) return patch;
  if (patch.$patch === 'delete') return undefined;
  const rest = withoutDirectives(patch);
  const merged: JsonObject =
    isJsonObject(target) && patch.$patch !== 'replace' ? retained(target, patch) : {};
  for (const [field, value] of Object.entries(rest)) {
    if (value === undefined) continue;
    const next =
      value === null ? undefined : mergeField(merged[field], value, fieldOf(schema, field));
    if (next === undefined) Reflect.deleteProperty(merged, field);
    else merged[field] = next;
  }
  removeFromSets(merged, patch);
  reorder(merged, isJsonObject(target) ? target : {}, patch, schema);
  return merged;
}

function fieldOf(schema: StructuralSchema, field: string): StructuralSchema {
  return fieldSchema(schema, field) ?? anything;
}

function mergeField(
  target: JsonValue | undefined,
  patch: JsonValue,
  schema: StructuralSchema,
): JsonValue | undefined {
  if (!Array.isArray(patch)) return strategicMerge(target, patch, schema);
  const original = Array.isArray(target) ? target : [];
  const keyOf = keyReader(schema);
  switch (schema['x-kubernetes-list-type']) {
    case 'set':
      return orderMergedList({
        merged: [...new Set([...original, ...patch])],
        wanted: patch,
        original,
        keyOf,
      });
    case 'map': {
      const merged = mergeItems(original, patch, schema);
      return orderMergedList({ merged, wanted: patch, original, keyOf });
    }
    default:
      return patch.filter((item) => !isJsonObject(item) || item.$patch === undefined);
  }
}

/** What tells items apart: one key, as strategic merge knows it, or the value itself. */
function keyReader(schema: StructuralSchema): (item: JsonValue) => JsonValue | undefined {
  const [key] = schema['x-kubernetes-list-map-keys'] ?? [];
  return (item) => (key !== undefined && isJsonObject(item) ? item[key] : item);
}

/** `$setElementOrder/field` lists all items of a list in the order that the client wants. */
function reorder(
  merged: JsonObject,
  target: JsonObject,
  patch: JsonObject,
  schema: StructuralSchema,
): void {
  const prefix = '$setElementOrder/';
  for (const [directive, wanted] of Object.entries(patch)) {
    if (!directive.startsWith(prefix) || !Array.isArray(wanted)) continue;
    const field = directive.slice(prefix.length);
    const list = merged[field];
    if (!Array.isArray(list)) continue;
    const original = target[field];
    const keyOf = keyReader(fieldOf(schema, field));
    merged[field] = orderMergedList({
      merged: list,
      wanted,
      original: Array.isArray(original) ? original : [],
      keyOf,
    });
  }
}

function mergeItems(
  present: JsonValue[],
  patch: JsonValue[],
  schema: StructuralSchema,
): JsonValue[] {
  const keyOf = keyReader(schema);
  const isReplaced = patch.some(
    (item) => isJsonObject(item) && item.$patch === 'replace' && Object.keys(item).length === 1,
  );
  const merged = isReplaced ? [] : [...present];
  for (const item of patch) {
    if (!isJsonObject(item) || (isReplaced && item.$patch === 'replace')) continue;
    const at = merged.findIndex((each) => keyOf(each) === keyOf(item));
    const next = strategicMerge(merged[at], item, schema.items ?? anything);
    if (next === undefined) {
      if (at !== -1) merged.splice(at, 1);
    } else if (at === -1) merged.push(next);
    else merged[at] = next;
  }
  return merged;
}

const directives = /^\$(patch|retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$/;

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !directives.test(field)));
}

function retained(target: JsonObject, { $retainKeys }: JsonObject): JsonObject {
  if (!Array.isArray($retainKeys)) return { ...target };
  return Object.fromEntries(
    Object.entries(target).filter(([field]) => $retainKeys.includes(field)),
  );
}

function removeFromSets(merged: JsonObject, patch: JsonObject): void {
  const prefix = '$deleteFromPrimitiveList/';
  for (const [directive, removed] of Object.entries(patch)) {
    if (!directive.startsWith(prefix) || !Array.isArray(removed)) continue;
    const field = directive.slice(prefix.length);
    const present = merged[field];
    if (Array.isArray(present)) merged[field] = present.filter((item) => !removed.includes(item));
  }
}
