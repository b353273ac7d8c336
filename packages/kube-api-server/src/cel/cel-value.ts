import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { anything, fieldSchema, type StructuralSchema } from '../schema/structural-schema.ts';

/** A JSON value as CEL sees it: whole numbers are BigInt where the schema (or, without one, the value) says integer. */
export type CelValue =
  null | boolean | number | bigint | string | Date | Uint8Array | CelValue[] | CelObject;

export interface CelObject {
  [field: string]: CelValue;
}

export function celValue(value: JsonValue, schema: StructuralSchema): CelValue {
  if (Array.isArray(value)) return value.map((item) => celValue(item, schema.items ?? anything));
  if (isJsonObject(value)) return celObject(value, schema);
  if (typeof value === 'number') return celNumber(value, schema);
  return typeof value === 'string' ? celText(value, schema) : value;
}

function celObject(object: JsonObject, schema: StructuralSchema): CelObject {
  const converted: CelObject = {};
  for (const [field, value] of Object.entries(object)) {
    if (value === undefined) continue;
    const isDeclared = schema.properties !== undefined && Object.hasOwn(schema.properties, field);
    const name = isDeclared ? escapedName(field) : field;
    converted[name] = celValue(value, fieldSchema(schema, field) ?? anything);
  }
  return converted;
}

function celNumber(value: number, { type }: StructuralSchema): CelValue {
  return type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

function celText(value: string, { format }: StructuralSchema): CelValue {
  if (format === 'date-time' || format === 'date') {
    const moment = new Date(value);
    return Number.isNaN(moment.getTime()) ? value : moment;
  }
  return format === 'byte' ? new Uint8Array(Buffer.from(value, 'base64')) : value;
}

const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** Declared fields whose names CEL cannot spell are written as Kubernetes escapes them. */
export function escapedName(field: string): string {
  if (reserved.has(field)) return `__${field}__`;
  return field
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}
