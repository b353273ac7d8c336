/** Integers are whole numbers of 32 bits with a sign. */
export type Value = string | number | boolean;

export type ValueType = 'string' | 'integer' | 'boolean';

export interface ValueOf {
  readonly string: string;
  readonly integer: number;
  readonly boolean: boolean;
}

/** What an operation gives where an error leaves it no other value. */
export const zeroOf: ValueOf = { string: '', integer: 0, boolean: false };

export const maxInteger = 2 ** 31 - 1;
export const minInteger = -(2 ** 31);
