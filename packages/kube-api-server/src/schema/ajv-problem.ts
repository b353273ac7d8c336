import type { ErrorObject } from 'ajv';
import type { FieldProblem } from '../errors/api-error.ts';
import { requiredValue, unsupportedValue } from '../errors/field-problems.ts';
import { listOr, shown, type JsonObject, type JsonValue } from '../json/json-value.ts';

/** An error of ajv in the words of the Kubernetes API. */
export function problemOf(error: ErrorObject): FieldProblem {
  const field = fieldPath(error);
  const params = error.params as JsonObject;
  const value = error.data as JsonValue | undefined;
  const subject = `${field} in body`;
  switch (error.keyword) {
    case 'required':
      return requiredValue(field);
    case 'enum':
      return unsupportedValue(field, value ?? null, listOr(params.allowedValues).map(shown));
    case 'type':
      return wrongType(field, value, typeNames(params.type));
    case 'maxLength':
      return { field, message: tooLong(params.limit), reason: 'FieldValueTooLong' };
    case 'maxItems':
    case 'maxProperties':
      return { field, message: tooMany(value, params.limit), reason: 'FieldValueTooMany' };
    default:
      return {
        field,
        message: `Invalid value: ${sizeOrValue(value, error.keyword)}: ${subject} ${requirement(error, params)}`,
        reason: 'FieldValueInvalid',
      };
  }
}

function requirement({ keyword, message = '' }: ErrorObject, params: JsonObject): string {
  const limit = shown(params.limit);
  switch (keyword) {
    case 'pattern':
      return `should match '${shown(params.pattern)}'`;
    case 'format':
      return `must be of type ${shown(params.format)}`;
    case 'minLength':
      return `should be at least ${limit} chars long`;
    case 'minItems':
      return `should have at least ${limit} items`;
    case 'minProperties':
      return `should have at least ${limit} properties`;
    case 'uniqueItems':
      return `shouldn't contain duplicates`;
    case 'minimum':
      return `should be greater than or equal to ${limit}`;
    case 'maximum':
      return `should be less than or equal to ${limit}`;
    case 'exclusiveMinimum':
      return `should be greater than ${limit}`;
    case 'exclusiveMaximum':
      return `should be less than ${limit}`;
    case 'multipleOf':
      return `should be a multiple of ${shown(params.multipleOf)}`;
    case 'anyOf':
      return 'must validate at least one schema (anyOf)';
    case 'oneOf':
      return 'must validate one and only one schema (oneOf)';
    case 'not':
      return 'must not validate the schema (not)';
    default:
      return message;
  }
}

function wrongType(field: string, value: JsonValue | undefined, expected: string): FieldProblem {
  const actual = JSON.stringify(typeName(value));
  return {
    field,
    message: `Invalid value: ${actual}: ${field} in body must be of type ${expected}: ${actual}`,
    reason: 'FieldValueTypeInvalid',
  };
}

function typeNames(type: JsonValue | undefined): string {
  if (!Array.isArray(type)) return shown(type);
  return type
    .filter((name) => name !== 'null')
    .map(shown)
    .join(',');
}

function typeName(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function tooLong(limit: JsonValue | undefined): string {
  return `Too long: may not be more than ${shown(limit)} bytes`;
}

function tooMany(value: JsonValue | undefined, limit: JsonValue | undefined): string {
  const count = Array.isArray(value) ? value.length : Object.keys(value ?? {}).length;
  return `Too many: ${count}: must have at most ${shown(limit)} items`;
}

/** Sizes are shown in place of what is too small. */
function sizeOrValue(value: JsonValue | undefined, keyword: string): string {
  if (keyword === 'minItems') return String(listOr(value).length);
  if (keyword === 'minProperties') return String(Object.keys(value ?? {}).length);
  return JSON.stringify(value);
}

/** `/spec/filters/0/exact` as `spec.filters[0].exact`. */
function fieldPath(error: ErrorObject): string {
  const parts = pathParts(error);
  const missing = (error.params as JsonObject).missingProperty;
  if (error.keyword === 'required' && typeof missing === 'string') parts.push(missing);
  let path = '';
  for (const part of parts) {
    if (/^[0-9]+$/.test(part)) path += `[${part}]`;
    else path += path === '' ? part : `.${part}`;
  }
  return path;
}

/** Field names and indices to the value that is wrong. */
export function pathParts({ instancePath }: ErrorObject): string[] {
  return instancePath.split('/').slice(1).map(unescapePart);
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
