import { failure, type Failure } from './failure.ts';
import { maxInteger, minInteger, type Value } from './value.ts';

const noInteger = failure('cast', 0);
const noBoolean = failure('cast', false);

/** The casts of CESQL §3.7. */
export const cast = {
  string: (value: Value): string => String(value),
  integer: (value: Value): number | Failure => {
    if (typeof value === 'number') return value;
    return typeof value === 'boolean' ? Number(value) : parseInteger(value);
  },
  boolean: (value: Value): boolean | Failure => {
    if (typeof value === 'boolean') return value;
    return typeof value === 'number' ? value !== 0 : parseBoolean(value);
  },
};

function parseInteger(text: string): number | Failure {
  if (!/^[+-]?[0-9]+$/.test(text)) return noInteger;
  const number = Number(text);
  // `| 0` makes -0 a plain zero.
  return number >= minInteger && number <= maxInteger ? number | 0 : noInteger;
}

function parseBoolean(text: string): boolean | Failure {
  const lower = text.toLowerCase();
  if (lower === 'true') return true;
  return lower === 'false' ? false : noBoolean;
}
