import type { JsonValue } from '../json/json-value.ts';
import type { FieldProblem } from './api-error.ts';

/** Problems in the words of the API's field errors. */
export function invalidValue(field: string, value: JsonValue, text: string): FieldProblem {
  const message = `Invalid value: ${JSON.stringify(value)}: ${text}`;
  return { field, message, reason: 'FieldValueInvalid' };
}

export function requiredValue(field: string, text = ''): FieldProblem {
  const message = text === '' ? 'Required value' : `Required value: ${text}`;
  return { field, message, reason: 'FieldValueRequired' };
}

export function unsupportedValue(
  field: string,
  value: JsonValue,
  allowed: readonly string[],
): FieldProblem {
  const values = allowed.map((each) => JSON.stringify(each)).join(', ');
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${values}`;
  return { field, message, reason: 'FieldValueNotSupported' };
}

export function forbiddenField(field: string, text: string): FieldProblem {
  return { field, message: `Forbidden: ${text}`, reason: 'FieldValueForbidden' };
}

/** The value is given as JSON. */
export function duplicateValue(field: string, json: string): FieldProblem {
  return { field, message: `Duplicate value: ${json}`, reason: 'FieldValueDuplicate' };
}
