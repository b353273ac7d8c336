import type { ArithmeticOperator } from '../parser/expression.ts';
import { failure, passOn, type Failure } from '../values/failure.ts';
import { maxInteger, minInteger } from '../values/value.ts';
import { castTo } from './cast-to.ts';
import type { CompiledExpression } from './compiled-expression.ts';

const mathError = failure('math', 0);

/** Doubles hold every result exactly but those of `*`, and of these the ones that fit. */
const operations: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => Math.trunc(left / right),
  '%': (left, right) => left % right,
};

export function compileArithmetic(
  operator: ArithmeticOperator,
  left: CompiledExpression,
  right: CompiledExpression,
): CompiledExpression {
  const evaluateLeft = castTo('integer', left);
  const evaluateRight = castTo('integer', right);
  const operation = operations[operator];
  return {
    type: 'integer',
    evaluate: (attributes) => {
      const leftValue = evaluateLeft(attributes);
      if (typeof leftValue === 'object') return passOn(leftValue, 0);
      const rightValue = evaluateRight(attributes);
      if (typeof rightValue === 'object') return passOn(rightValue, 0);
      return within32Bits(operation(leftValue, rightValue));
    },
  };
}

/** A result that does not fit is an error, as ABS shows; so is what division by zero gives. */
function within32Bits(result: number): number | Failure {
  return result >= minInteger && result <= maxInteger ? result | 0 : mathError;
}
