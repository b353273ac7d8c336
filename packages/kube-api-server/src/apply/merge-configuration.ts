import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { schemaOfField, schemaOfItem, typedValue, type ListItem } from './typed-value.ts';

/** The live value with what a configuration sets: maps by field, lists by key, the rest replaced. */
export function mergeConfiguration(
  live: JsonValue | undefined,
  applied: JsonValue,
  schema: StructuralSchema,
): JsonValue {
  const left = typedValue(live, schema);
  const right = typedValue(applied, schema);
  if (left.shape === 'map' && right.shape === 'map') {
    return mergeMaps(left.map, right.map, schema);
  }
  if (left.shape === 'list' && right.shape === 'list') {
    return mergeLists(left.items, right.items, schemaOfItem(schema));
  }
  return applied;
}

function mergeMaps(live: JsonObject, applied: JsonObject, schema: StructuralSchema): JsonObject {
  const merged: JsonObject = { ...live };
  for (const [name, value] of Object.entries(applied)) {
    if (value === undefined) continue;
    merged[name] = mergeConfiguration(live[name], value, schemaOfField(schema, name));
  }
  return merged;
}

/** Items of both keep the configuration's order; items that only the live list has stay before what they preceded. */
function mergeLists(
  live: readonly ListItem[],
  applied: readonly ListItem[],
  schema: StructuralSchema,
): JsonValue[] {
  const liveByElement = new Map(live.map(({ element, value }) => [element, value]));
  const appliedElements = new Set(applied.map(({ element }) => element));
  const merged: JsonValue[] = [];
  let liveAt = 0;
  for (const item of applied) {
    const isShared = liveByElement.has(item.element);
    for (let own = live[liveAt]; isShared && own !== undefined; own = live[liveAt]) {
      liveAt += 1;
      if (own.element === item.element) break;
      if (!appliedElements.has(own.element)) merged.push(own.value);
    }
    merged.push(mergeConfiguration(liveByElement.get(item.element), item.value, schema));
  }
  const rest = live.slice(liveAt).filter(({ element }) => !appliedElements.has(element));
  return [...merged, ...rest.map(({ value }) => value)];
}
