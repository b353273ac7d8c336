import type { OrderOperator } from '../parser/expression.ts';
import { passOn } from '../values/failure.ts';
import { castTo } from './cast-to.ts';
import type { CompiledExpression } from './compiled-expression.ts';

const comparisons: Readonly<Record<OrderOperator, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

export function compileOrder(
  operator: OrderOperator,
  left: CompiledExpression,
  right: CompiledExpression,
): CompiledExpression {
  const evaluateLeft = castTo('integer', left);
  const evaluateRight = castTo('integer', right);
  const compare = comparisons[operator];
  return {
    type: 'boolean',
    evaluate: (attributes) => {
      const leftValue = evaluateLeft(attributes);
      if (typeof leftValue === 'object') return passOn(leftValue, false);
      const rightValue = evaluateRight(attributes);
      if (typeof rightValue === 'object') return passOn(rightValue, false);
      return compare(leftValue, rightValue);
    },
  };
}
