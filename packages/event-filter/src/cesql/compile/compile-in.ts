import { passOn } from '../values/failure.ts';
import type { Value } from '../values/value.ts';
import { castTo } from './cast-to.ts';
import type { CompiledExpression, Evaluate } from './compiled-expression.ts';

/** The elements are cast to the type on the left and compared in turn until one is equal. */
export function compileIn(
  operand: CompiledExpression,
  elements: readonly CompiledExpression[],
): CompiledExpression {
  const evaluateOperand: Evaluate<Value> = operand.evaluate;
  const evaluateElements = elements.map((element): Evaluate<Value> =>
    castTo(operand.type, element),
  );
  return {
    type: 'boolean',
    evaluate: (attributes) => {
      const wanted = evaluateOperand(attributes);
      if (typeof wanted === 'object') return passOn(wanted, false);
      for (const evaluate of evaluateElements) {
        const value = evaluate(attributes);
        if (typeof value === 'object') return passOn(value, false);
        if (value === wanted) return true;
      }
      return false;
    },
  };
}
