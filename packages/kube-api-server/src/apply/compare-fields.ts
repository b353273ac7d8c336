import { jsonEqual } from '../json/json-equal.ts';
import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { FieldSet } from './field-set.ts';
import {
  fieldElement,
  schemaOfField,
  schemaOfItem,
  typedValue,
  type TypedValue,
} from './typed-value.ts';

export interface FieldComparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** Which fields differ between two states of an object. */
export function compareFields(
  before: JsonValue,
  after: JsonValue,
  schema: StructuralSchema,
): FieldComparison {
  const result = { added: new FieldSet(), modified: new FieldSet(), removed: new FieldSet() };
  compare({ before, after, schema, path: [] }, result);
  return result;
}

interface Pair {
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly schema: StructuralSchema;
  readonly path: readonly string[];
}

function compare(pair: Pair, result: FieldComparison): void {
  const { before, after, schema, path } = pair;
  const left = typedValue(before, schema);
  const right = typedValue(after, schema);
  if (isLeafPair(pair, left, right)) {
    compareLeaf(pair, result);
    return;
  }
  for (const child of childPairs(pair, left, right)) compare(child, result);
  if (before === undefined) result.added.insert(path);
  else if (after === undefined) result.removed.insert(path);
}

/**
 * Two empty maps or lists are compared as a whole, so that an empty one differs from an absent one. Null takes the shape
 * of the other side.
 */
function isLeafPair({ before, after }: Pair, left: TypedValue, right: TypedValue): boolean {
  const shapes = new Set<TypedValue['shape']>();
  if (before !== undefined && before !== null) shapes.add(left.shape);
  if (after !== undefined && after !== null) shapes.add(right.shape);
  return shapes.size !== 1 || shapes.has('leaf') || (isEmpty(before) && isEmpty(after));
}

function compareLeaf({ before, after, path }: Pair, result: FieldComparison): void {
  if (before === undefined) result.added.insert(path);
  else if (after === undefined) result.removed.insert(path);
  else if (!jsonEqual(before, after)) result.modified.insert(path);
}

function childPairs(pair: Pair, left: TypedValue, right: TypedValue): Pair[] {
  const before = childrenOf(left, pair.schema);
  const after = childrenOf(right, pair.schema);
  return [...new Set([...before.keys(), ...after.keys()])].map((element) => ({
    before: before.get(element)?.value,
    after: after.get(element)?.value,
    schema: (before.get(element) ?? after.get(element))?.schema ?? {},
    path: [...pair.path, element],
  }));
}

type Children = Map<string, { value: JsonValue; schema: StructuralSchema }>;

function childrenOf(typed: TypedValue, schema: StructuralSchema): Children {
  switch (typed.shape) {
    case 'leaf':
      return new Map();
    case 'list':
      return new Map(
        typed.items.map(({ element, value }) => [element, { value, schema: schemaOfItem(schema) }]),
      );
    case 'map': {
      const children: Children = new Map();
      for (const [name, value] of Object.entries(typed.map)) {
        if (value === undefined) continue;
        children.set(fieldElement(name), { value, schema: schemaOfField(schema, name) });
      }
      return children;
    }
  }
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}
