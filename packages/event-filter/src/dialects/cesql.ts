import { compileExpression } from '../cesql/compile-expression.ts';
import { compiled, invalid } from '../compile-result.ts';
import type { Dialect } from './dialect.ts';

/** A CloudEvents SQL expression that is true; an error or another type than Boolean does not match. */
export const cesql: Dialect = (body, { path }) => {
  if (typeof body !== 'string') {
    return invalid({ path, message: 'invalid value: must be a string' });
  }
  const expression = compileExpression(body);
  if (expression.kind === 'invalid') {
    const { message, position } = expression;
    return invalid({ path, message: `invalid value: ${shortened(body)}: ${message}`, position });
  }
  const { narrowing, evaluate } = expression;
  return compiled({ narrowing, matches: (attributes) => evaluate(attributes) === true });
};

/** Conditions are read by people, and expressions can be long. */
function shortened(expression: string): string {
  return expression.length <= 100 ? expression : `${expression.slice(0, 99)}…`;
}
