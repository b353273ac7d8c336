import { failure, passOn } from '../values/failure.ts';
import { minInteger } from '../values/value.ts';
import { castTo } from './cast-to.ts';
import type { CompiledExpression } from './compiled-expression.ts';

export function compileNot(operand: CompiledExpression): CompiledExpression {
  const evaluate = castTo('boolean', operand);
  return {
    type: 'boolean',
    evaluate: (attributes) => {
      const value = evaluate(attributes);
      return typeof value === 'object' ? passOn(value, false) : !value;
    },
  };
}

const noNegative = failure('math', 0);

export function compileNegate(operand: CompiledExpression): CompiledExpression {
  const evaluate = castTo('integer', operand);
  return {
    type: 'integer',
    evaluate: (attributes) => {
      const value = evaluate(attributes);
      if (typeof value === 'object') return passOn(value, 0);
      return value === minInteger ? noNegative : 0 - value;
    },
  };
}
