import type { Attributes } from '../../attributes.ts';
import type { LogicOperator } from '../parser/expression.ts';
import { passOn } from '../values/failure.ts';
import { castTo } from './cast-to.ts';
import type { CompiledExpression, Evaluate } from './compiled-expression.ts';

/** `AND` and `OR` do not look at the right operand where the left one decides. */
export function compileLogic(
  operator: LogicOperator,
  left: CompiledExpression,
  right: CompiledExpression,
): CompiledExpression {
  const evaluateLeft = castTo('boolean', left);
  const evaluateRight = castTo('boolean', right);
  return {
    type: 'boolean',
    evaluate: (attributes: Attributes) => {
      const value = evaluateLeft(attributes);
      if (typeof value === 'object') return passOn(value, false);
      switch (operator) {
        case 'AND':
          return value ? evaluateRight(attributes) : false;
        case 'OR':
          return value ? true : evaluateRight(attributes);
        case 'XOR':
          return differs(value, evaluateRight(attributes));
      }
    },
  };
}

function differs(left: boolean, right: ReturnType<Evaluate<boolean>>) {
  return typeof right === 'object' ? right : left !== right;
}
