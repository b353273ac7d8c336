import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import {
  fieldSchema,
  keepsUnknownFields,
  type StructuralSchema,
} from '../schema/structural-schema.ts';
import { pathText } from './conflict-text.ts';
import { fieldElement, schemaOfItem, typedValue } from './typed-value.ts';

/**
 * Why a configuration cannot be merged by its schema: unknown fields, values of another type, two items of one key.
 * The words are structured-merge-diff's, `.spec.colour: expected string, got …`.
 */
export function typedProblems(value: JsonValue, schema: StructuralSchema): string[] {
  return visit({ value, schema, path: [] });
}

interface Node {
  readonly value: JsonValue;
  readonly schema: StructuralSchema;
  readonly path: readonly string[];
}

function visit(node: Node): string[] {
  const { value, schema } = node;
  if (value === null) return [];
  const mismatch = mismatchOf(value, schema);
  if (mismatch !== undefined) return [`${pathText(node.path)}: ${mismatch}`];
  if (Array.isArray(value)) return listProblems(node, value);
  return isJsonObject(value) ? mapProblems(node, value) : [];
}

function mismatchOf(value: JsonValue, schema: StructuralSchema): string | undefined {
  if (schema['x-kubernetes-int-or-string'] === true) return undefined;
  switch (schema.type) {
    case 'object':
      return isJsonObject(value) ? undefined : `expected map, got ${wrapped(value)}`;
    case 'array':
      return Array.isArray(value) ? undefined : `expected list, got ${wrapped(value)}`;
    case 'string':
      if (typeof value === 'string') return undefined;
      return `expected string, got &value.valueUnstructured{Value:${JSON.stringify(value)}}`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `expected boolean, got ${wrapped(value)}`;
    case 'integer':
    case 'number':
      if (typeof value === 'number') return undefined;
      return `expected numeric (int or float), got ${typeof value}`;
    default:
      return undefined;
  }
}

function wrapped(value: JsonValue): string {
  return `&{${typeof value === 'string' ? value : JSON.stringify(value)}}`;
}

function mapProblems({ schema, path }: Node, map: JsonObject): string[] {
  return Object.entries(map).flatMap(([name, value]) => {
    const at = [...path, fieldElement(name)];
    const inner = fieldSchema(schema, name);
    if (inner !== undefined) return visit({ value: value ?? null, schema: inner, path: at });
    const isOpen = keepsUnknownFields(schema) || schema['x-kubernetes-embedded-resource'] === true;
    return isOpen ? [] : [`${pathText(at)}: field not declared in schema`];
  });
}

function listProblems({ value, schema, path }: Node, list: readonly JsonValue[]): string[] {
  const typed = typedValue(value, schema);
  const items =
    typed.shape === 'list'
      ? typed.items
      : list.map((item, at) => ({ element: `i:${at}`, value: item }));
  const seen = new Set<string>();
  return items.flatMap(({ element, value: item }) => {
    const inner = visit({ value: item, schema: schemaOfItem(schema), path: [...path, element] });
    if (!seen.has(element)) {
      seen.add(element);
      return inner;
    }
    return [`${pathText(path)}: duplicate entries for key ${pathText([element])}`, ...inner];
  });
}
