import { CesqlSyntaxError } from '../syntax-error.ts';
import type { Expression } from './expression.ts';

/** Every level of a tree is a level of the stack in the parser, in the compiler and in evaluation. */
export const maxDepth = 500;

export function tooDeep(position: number): CesqlSyntaxError {
  return new CesqlSyntaxError(`the expression has more than ${maxDepth} levels`, position);
}

/** A chain of operators makes a tree as deep as it is long. */
export function refuseDeepTree(root: Expression): void {
  let level: readonly Expression[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= maxDepth) throw tooDeep(0);
    level = level.flatMap(operandsOf);
  }
}

function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'attribute':
    case 'exists':
      return [];
    case 'not':
    case 'negate':
    case 'like':
      return [expression.operand];
    case 'in':
      return [expression.operand, ...expression.elements];
    case 'call':
      return expression.arguments;
    case 'equality':
    case 'order':
    case 'arithmetic':
    case 'logic':
      return [expression.left, expression.right];
  }
}
