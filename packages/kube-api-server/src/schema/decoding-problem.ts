import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import type { SchemaProblem } from './compile-validator.ts';
import { anything, fieldSchema, type StructuralSchema } from './structural-schema.ts';

/** A value of another type in the words of Go's decoder, which names the type that the field has. */
export function decodingProblem(
  problem: SchemaProblem,
  { value, schema, root }: { value: JsonValue; schema: StructuralSchema; root: string },
): string {
  let inner: JsonValue | undefined = value;
  let innerSchema = schema;
  const fields: string[] = [];
  for (const part of problem.path) {
    if (Array.isArray(inner)) {
      inner = inner[Number(part)];
      innerSchema = innerSchema.items ?? anything;
    } else {
      if (innerSchema.additionalProperties === undefined) fields.push(part);
      innerSchema = fieldSchema(innerSchema, part) ?? anything;
      inner = isJsonObject(inner) ? inner[part] : undefined;
    }
  }
  const name = [root, ...fields].join('.');
  if (problem.keyword === 'format') return timeProblem(inner, innerSchema);
  return `json: cannot unmarshal ${jsonType(inner)} into Go struct field ${name} of type ${goType(innerSchema)}`;
}

function timeProblem(value: JsonValue | undefined, { format }: StructuralSchema): string {
  const layout =
    format === 'micro-time' ? '2006-01-02T15:04:05.000000Z07:00' : '2006-01-02T15:04:05Z07:00';
  return `parsing time ${JSON.stringify(value)} as "${layout}": cannot parse`;
}

function jsonType(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

function goType(schema: StructuralSchema): string {
  switch (schema.type) {
    case 'integer':
      return schema.format ?? 'int';
    case 'boolean':
      return 'bool';
    case 'array':
      return `[]${goType(schema.items ?? anything)}`;
    case 'object': {
      const { additionalProperties } = schema;
      return typeof additionalProperties === 'object'
        ? `map[string]${goType(additionalProperties)}`
        : 'object';
    }
    default:
      return schema.type ?? 'value';
  }
}
