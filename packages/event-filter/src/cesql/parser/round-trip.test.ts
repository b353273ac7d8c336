import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Expression } from './expression.ts';
import { Parser } from './parser.ts';

const byPrecedence = [
  ['AND', 'OR', 'XOR'],
  ['=', '!=', '<>', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
const inLevel = 4;
const likeLevel = 5;
const negateLevel = 6;
const notLevel = 7;
const primaryLevel = 8;

function levelOf(tree: Expression): number {
  if ('operator' in tree) return byPrecedence.findIndex((level) => level.includes(tree.operator));
  const levels = { in: inLevel, like: likeLevel, negate: negateLevel, not: notLevel };
  return tree.kind in levels ? levels[tree.kind as keyof typeof levels] : primaryLevel;
}

/** Writes a tree with no more parentheses than the table of precedence (CESQL §3.6) asks for. */
function write(tree: Expression): string {
  switch (tree.kind) {
    case 'literal':
      return typeof tree.value === 'string' ? `'${tree.value}'` : String(tree.value);
    case 'attribute':
      return tree.name;
    case 'exists':
      return `EXISTS ${tree.name}`;
    case 'call':
      return `${tree.name}(${tree.arguments.map(write).join(', ')})`;
    case 'not':
      return `NOT ${writeAt(notLevel, tree.operand, isPrefix(tree.operand))}`;
    case 'negate':
      return `- ${writeAt(negateLevel, tree.operand, isPrefix(tree.operand))}`;
    case 'like':
      return `${writeAt(likeLevel, tree.operand)} LIKE '${tree.pattern}'`;
    case 'in':
      return `${writeAt(inLevel, tree.operand)} IN (${tree.elements.map(write).join(', ')})`;
    case 'equality':
    case 'order':
    case 'arithmetic':
    case 'logic': {
      const level = levelOf(tree);
      const [left, right] = tree.kind === 'logic' ? [level + 1, level] : [level, level + 1];
      return `${writeAt(left, tree.left)} ${tree.operator} ${writeAt(right, tree.right, isPrefix(tree.right))}`;
    }
  }
}

/** Nothing can come between an operator and a sign or NOT after it, however weakly that binds. */
function isPrefix(tree: Expression): boolean {
  return tree.kind === 'not' || tree.kind === 'negate';
}

function writeAt(level: number, tree: Expression, isBare = false): string {
  return isBare || levelOf(tree) >= level ? write(tree) : `(${write(tree)})`;
}

const names = fc.constantFrom('type', 'x9', 'hop');
const { tree: trees } = fc.letrec<{ tree: Expression }>((tie) => {
  const tree = tie('tree');
  const some = fc.array(tree, { minLength: 1, maxLength: 2 });
  const binary = (kind: Expression['kind'], ...operators: string[]) =>
    fc.record({
      kind: fc.constant(kind),
      operator: fc.constantFrom(...operators),
      left: tree,
      right: tree,
    }) as fc.Arbitrary<Expression>;
  return {
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.record({
        kind: fc.constant('literal'),
        value: fc.constantFrom('', 'a b', 0, 7, -7, true, false),
      }) as fc.Arbitrary<Expression>,
      fc.record({ kind: fc.constantFrom('attribute', 'exists'), name: names }),
      fc.record({ kind: fc.constantFrom('not', 'negate'), operand: tree }),
      binary('equality', '=', '!=', '<>'),
      binary('order', '<', '<=', '>', '>='),
      binary('arithmetic', '+', '-', '*', '/', '%'),
      binary('logic', 'AND', 'OR', 'XOR'),
      fc.record({ kind: fc.constant('like'), operand: tree, pattern: names }),
      fc.record({ kind: fc.constant('in'), operand: tree, elements: some }),
      fc.record({ kind: fc.constant('call'), name: fc.constant('F_N'), arguments: some }),
    ),
  };
});

describe('the parser', () => {
  it('reads back every tree that is written with the least parentheses', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(new Parser(write(tree)).parse()).toEqual(tree);
      }),
      { numRuns: 2000 },
    );
  });
});
