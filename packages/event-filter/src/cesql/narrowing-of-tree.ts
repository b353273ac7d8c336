import { free } from '../narrowing/free.ts';
import { intersectNarrowings } from '../narrowing/intersect-narrowings.ts';
import type { Narrowing } from '../narrowing/narrowing.ts';
import type { Expression } from './parser/expression.ts';

/**
 * What is known of events for which an expression is true: a conjunction of `attribute = 'text'` says all, everything
 * else nothing. A conjunction is true only where both sides are, and a missing attribute is an error, so no match.
 */
export function narrowingOfTree(tree: Expression): Narrowing {
  if (tree.kind === 'logic' && tree.operator === 'AND') {
    return intersectNarrowings([narrowingOfTree(tree.left), narrowingOfTree(tree.right)]);
  }
  if (tree.kind !== 'equality' || tree.operator !== '=') return free;
  return equalityOf(tree.left, tree.right) ?? equalityOf(tree.right, tree.left) ?? free;
}

/** Only text: an integer equals many texts. */
function equalityOf(attribute: Expression, literal: Expression): Narrowing | undefined {
  if (attribute.kind !== 'attribute' || literal.kind !== 'literal') return undefined;
  const { value } = literal;
  if (typeof value !== 'string' || value === '') return undefined;
  return new Map([[attribute.name, [{ kind: 'exact', value }]]]);
}
