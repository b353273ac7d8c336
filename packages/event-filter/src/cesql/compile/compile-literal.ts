import type { Value } from '../values/value.ts';
import type { CompiledExpression } from './compiled-expression.ts';

export function compileLiteral(value: Value): CompiledExpression {
  switch (typeof value) {
    case 'string':
      return { type: 'string', evaluate: () => value };
    case 'number':
      return { type: 'integer', evaluate: () => value };
    default:
      return { type: 'boolean', evaluate: () => value };
  }
}
