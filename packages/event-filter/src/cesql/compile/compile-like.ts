import { compilePattern } from '../like/compile-pattern.ts';
import { passOn } from '../values/failure.ts';
import { castTo } from './cast-to.ts';
import type { CompiledExpression } from './compiled-expression.ts';

export function compileLike(operand: CompiledExpression, pattern: string): CompiledExpression {
  const evaluate = castTo('string', operand);
  const isLike = compilePattern(pattern);
  return {
    type: 'boolean',
    evaluate: (attributes) => {
      const text = evaluate(attributes);
      return typeof text === 'object' ? passOn(text, false) : isLike(text);
    },
  };
}
