import { failure } from '../values/failure.ts';
import type { CompiledExpression } from './compiled-expression.ts';

/** Where nothing tells the type of a missing attribute, it is a Boolean (CESQL §3.2). */
const missing = failure('missing-attribute', false);

export function compileAttribute(name: string): CompiledExpression {
  return { type: 'string', evaluate: (attributes) => attributes.get(name) ?? missing };
}
