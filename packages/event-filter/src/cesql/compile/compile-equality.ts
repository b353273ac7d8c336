import type { EqualityOperator } from '../parser/expression.ts';
import { cast } from '../values/cast.ts';
import { passOn } from '../values/failure.ts';
import type { Value } from '../values/value.ts';
import type { CompiledExpression, Evaluate } from './compiled-expression.ts';

/** Both operands are evaluated, then the left one is cast to the type of the right one. */
export function compileEquality(
  operator: EqualityOperator,
  left: CompiledExpression,
  right: CompiledExpression,
): CompiledExpression {
  const evaluateLeft: Evaluate<Value> = left.evaluate;
  const evaluateRight: Evaluate<Value> = right.evaluate;
  const convert = left.type === right.type ? undefined : cast[right.type];
  const isWanted = operator === '=';
  return {
    type: 'boolean',
    evaluate: (attributes) => {
      const leftValue = evaluateLeft(attributes);
      if (typeof leftValue === 'object') return passOn(leftValue, false);
      const rightValue = evaluateRight(attributes);
      if (typeof rightValue === 'object') return passOn(rightValue, false);
      const converted = convert === undefined ? leftValue : convert(leftValue);
      if (typeof converted === 'object') return passOn(converted, false);
      return (converted === rightValue) === isWanted;
    },
  };
}
