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

/**
 * Items of both are merged in the configuration's order; items that only the live list has keep their place before the
 * next one. The walk is structured-merge-diff's, so that orders come out the same.
 */
function mergeLists(
  live: readonly ListItem[],
  applied: readonly ListItem[],
  schema: StructuralSchema,
): JsonValue[] {
  const liveValues = new Map(live.map(({ element, value }) => [element, value]));
  const appliedElements = new Set(applied.map(({ element }) => element));
  const shared = applied.filter(({ element }) => liveValues.has(element));
  const merged: JsonValue[] = [];
  const done = new Set<string>();
  const take = (item: ListItem): void => {
    merged.push(mergeConfiguration(liveValues.get(item.element), item.value, schema));
    done.add(item.element);
    if (shared[0]?.element === item.element) shared.shift();
  };
  const [ours, theirs] = [[...live], [...applied]];
  while (ours.length > 0 || theirs.length > 0) {
    const [own] = ours;
    const [next] = theirs;
    const isShared = own !== undefined && appliedElements.has(own.element);
    if (own !== undefined && !isShared) {
      merged.push(own.value);
      ours.shift();
    } else if (next !== undefined && own?.element === next.element) {
      take(next);
      ours.shift();
      theirs.shift();
    } else if (own !== undefined && isOutOfTurn(own, { next, shared, done })) {
      ours.shift();
    } else if (next !== undefined) {
      take(next);
      theirs.shift();
    }
  }
  return merged;
}

/** A shared item of the live list that is merged already, or at a later place of the configuration. */
function isOutOfTurn(
  { element }: ListItem,
  turn: { next: ListItem | undefined; shared: readonly ListItem[]; done: ReadonlySet<string> },
): boolean {
  if (turn.done.has(element) || turn.next === undefined) return true;
  return turn.shared.length > 0 && turn.shared[0]?.element !== element;
}
