import type { JsonValue } from '../json/json-value.ts';
import type { FieldProblem } from './api-error.ts';

/** Problems in the words of the API's field errors. */
export function invalidValue(field: string, value: JsonValue, text: string): FieldProblem {
  const message = `Invalid value: ${JSON.stringify(value)}: ${text}`;
  return { field, message, reason: 'FieldValueInvalid' };
}

/** For a value that is too large to be shown. */
export function invalidField(field: string, text: string): FieldProblem {
  return { field, message: `Invalid value: ${text}`, reason: 'FieldValueInvalid' };
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

/** The value is given as JSON, or not at all when it is too large to be shown. */
export function duplicateValue(field: string, json?: string): FieldProblem {
  const message = json === undefined ? 'Duplicate value' : `Duplicate value: ${json}`;
  return { field, message, reason: 'FieldValueDuplicate' };
}
