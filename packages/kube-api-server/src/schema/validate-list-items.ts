import type { FieldProblem } from '../errors/api-error.ts';
import { duplicateValue } from '../errors/field-problems.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { isJsonObject, objectOr, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { anything, fieldSchema, type StructuralSchema } from './structural-schema.ts';

/** Items that a set has twice, or that share the keys of a list with keys. */
export function validateListItems(
  value: JsonValue,
  schema: StructuralSchema,
  path = '',
): FieldProblem[] {
  if (Array.isArray(value)) {
    return [
      ...duplicates(value, schema, path),
      ...value.flatMap((item, at) =>
        validateListItems(item, schema.items ?? anything, `${path}[${at}]`),
      ),
    ];
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    const innerSchema = fieldSchema(schema, field);
    if (inner === undefined || innerSchema === undefined) return [];
    return validateListItems(inner, innerSchema, path === '' ? field : `${path}.${field}`);
  });
}

function duplicates(list: JsonValue[], schema: StructuralSchema, path: string): FieldProblem[] {
  const listType = schema['x-kubernetes-list-type'];
  if (listType !== 'map' && listType !== 'set') return [];
  const counts = new Map<string, number>();
  return list.flatMap((item, at) => {
    const identity = canonicalJson(listType === 'set' ? item : keysOf(item, schema));
    const count = (counts.get(identity) ?? 0) + 1;
    counts.set(identity, count);
    return count === 2 ? [duplicateValue(`${path}[${at}]`, identity)] : [];
  });
}

function keysOf(item: JsonValue, schema: StructuralSchema): JsonObject {
  const fields = objectOr(item);
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  return Object.fromEntries(
    keys.filter((key) => fields[key] !== undefined).map((key) => [key, fields[key]]),
  );
}
