import type { EqualityOperator } from '../parser/expression.ts';
import { passOn } from '../values/failure.ts';
import type { Value } from '../values/value.ts';
import { castTo } from './cast-to.ts';
import type { CompiledExpression, Evaluate } from './compiled-expression.ts';

/** The left operand is cast to the type of the right one. */
export function compileEquality(
  operator: EqualityOperator,
  left: CompiledExpression,
  right: CompiledExpression,
): CompiledExpression {
  const evaluateLeft: Evaluate<Value> = castTo(right.type, left);
  const evaluateRight: Evaluate<Value> = right.evaluate;
  const isWanted = operator === '=';
  return {
    type: 'boolean',
    evaluate: (attributes) => {
      const leftValue = evaluateLeft(attributes);
      if (typeof leftValue === 'object') return passOn(leftValue, false);
      const rightValue = evaluateRight(attributes);
      if (typeof rightValue === 'object') return passOn(rightValue, false);
      return (leftValue === rightValue) === isWanted;
    },
  };
}
