import type { Value } from './value.ts';

/** The kinds of errors that evaluation knows (CESQL §3.3). */
export type EvaluationErrorKind =
  'math' | 'cast' | 'missing-attribute' | 'missing-function' | 'function-evaluation';

/** The result of an evaluation that met an error: operations are total, so there is a value all the same. */
export interface Failure {
  readonly error: EvaluationErrorKind;
  readonly value: Value;
}

export function failure(error: EvaluationErrorKind, value: Value): Failure {
  return { error, value };
}

/** The error of an operand is the error of the operation, with the operation's own zero value. */
export function passOn(operand: Failure, zero: Value): Failure {
  return operand.value === zero ? operand : { error: operand.error, value: zero };
}
