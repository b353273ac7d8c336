import type { FieldProblem } from '../../errors/api-error.ts';
import { invalidValue } from '../../errors/field-problems.ts';
import { objectOr, type JsonValue } from '../../json/json-value.ts';

const dataKey = /^[-._a-zA-Z0-9]+$/;
const text =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** Keys of a ConfigMap or Secret become file names. */
export function validateDataKeys(data: JsonValue | undefined, field: string): FieldProblem[] {
  return Object.keys(objectOr(data))
    .filter((key) => !dataKey.test(key) || key === '.' || key.startsWith('..'))
    .map((key) => invalidValue(`${field}[${key}]`, key, text));
}
