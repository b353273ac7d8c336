import { isJsonObject, objectOr, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { anything, fieldSchema, type StructuralSchema } from '../schema/structural-schema.ts';

/** How server-side apply sees a value: field by field, item by item, or as one leaf. */
export type TypedValue =
  | { readonly shape: 'map'; readonly map: JsonObject }
  | { readonly shape: 'list'; readonly items: readonly ListItem[] }
  | { readonly shape: 'leaf' };

export interface ListItem {
  readonly element: string;
  readonly value: JsonValue;
}

/** Lists without keys and maps marked atomic are leaves: they are replaced as a whole. */
export function typedValue(value: JsonValue | undefined, schema: StructuralSchema): TypedValue {
  if (Array.isArray(value)) {
    const listType = schema['x-kubernetes-list-type'];
    if (listType !== 'map' && listType !== 'set') return { shape: 'leaf' };
    const items = value.map((item) => ({ element: itemElement(item, schema), value: item }));
    return { shape: 'list', items };
  }
  if (!isJsonObject(value) || schema['x-kubernetes-map-type'] === 'atomic') {
    return { shape: 'leaf' };
  }
  return { shape: 'map', map: value };
}

export function fieldElement(name: string): string {
  return `f:${name}`;
}

/** Items of a list are known by their keys, items of a set by their value. */
function itemElement(item: JsonValue, list: StructuralSchema): string {
  if (list['x-kubernetes-list-type'] === 'set') return `v:${JSON.stringify(item)}`;
  const fields = objectOr(item);
  const keys = [...(list['x-kubernetes-list-map-keys'] ?? [])].sort();
  const identity: JsonObject = {};
  for (const key of keys) {
    const value = fields[key] ?? list.items?.properties?.[key]?.default;
    if (value !== undefined) identity[key] = value;
  }
  return `k:${JSON.stringify(identity)}`;
}

export function schemaOfField(schema: StructuralSchema, name: string): StructuralSchema {
  return fieldSchema(schema, name) ?? anything;
}

export function schemaOfItem(schema: StructuralSchema): StructuralSchema {
  return schema.items ?? anything;
}

/** Whether the schema names this field, as opposed to a key of a map. */
export function isDeclaredField(schema: StructuralSchema, name: string): boolean {
  return schema.properties !== undefined && Object.hasOwn(schema.properties, name);
}
