import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** A structural schema in JSON Schema draft 7: without what only Kubernetes reads. */
export function ajvSchema(schema: StructuralSchema): JsonObject {
  const converted: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema as JsonObject)) {
    if (value !== undefined && !isForeign(keyword)) converted[keyword] = convert(keyword, value);
  }
  exclusiveBounds(schema, converted);
  if (schema['x-kubernetes-int-or-string'] === true) converted.type = ['integer', 'string'];
  if (schema.nullable === true) allowNull(converted);
  return converted;
}

const foreign = new Set([
  'default',
  'description',
  'title',
  'example',
  'externalDocs',
  'nullable',
  'exclusiveMinimum',
  'exclusiveMaximum',
]);

function isForeign(keyword: string): boolean {
  return keyword.startsWith('x-') || foreign.has(keyword);
}

function convert(keyword: string, value: JsonValue): JsonValue {
  switch (keyword) {
    case 'properties':
      return Object.fromEntries(
        Object.entries(value as Record<string, StructuralSchema & JsonObject>).map(
          ([name, inner]) => [name, ajvSchema(inner)],
        ),
      );
    case 'items':
    case 'not':
      return ajvSchema(value as StructuralSchema & JsonObject);
    case 'additionalProperties':
      return typeof value === 'boolean' ? value : ajvSchema(value as StructuralSchema & JsonObject);
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return (value as (StructuralSchema & JsonObject)[]).map(ajvSchema);
    default:
      return value;
  }
}

/** Draft 4, which OpenAPI v3.0 uses, has them as booleans. */
function exclusiveBounds(schema: StructuralSchema, converted: JsonObject): void {
  if (schema.exclusiveMinimum === true && schema.minimum !== undefined) {
    delete converted.minimum;
    converted.exclusiveMinimum = schema.minimum;
  }
  if (schema.exclusiveMaximum === true && schema.maximum !== undefined) {
    delete converted.maximum;
    converted.exclusiveMaximum = schema.maximum;
  }
}

function allowNull(converted: JsonObject): void {
  const { type } = converted;
  if (type !== undefined) converted.type = [...(Array.isArray(type) ? type : [type]), 'null'];
  if (Array.isArray(converted.enum)) converted.enum = [...converted.enum, null];
}
