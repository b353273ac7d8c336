import type { Expression } from '../parser/expression.ts';
import { compileArithmetic } from './compile-arithmetic.ts';
import { compileAttribute } from './compile-attribute.ts';
import { compileCall } from './compile-call.ts';
import { compileEquality } from './compile-equality.ts';
import { compileIn } from './compile-in.ts';
import { compileLike } from './compile-like.ts';
import { compileLiteral } from './compile-literal.ts';
import { compileLogic } from './compile-logic.ts';
import { compileOrder } from './compile-order.ts';
import { compileNegate, compileNot } from './compile-unary.ts';
import type { CompiledExpression } from './compiled-expression.ts';

/** Compiles a tree from its leaves to one closure. */
export function compileTree(tree: Expression): CompiledExpression {
  switch (tree.kind) {
    case 'literal':
      return compileLiteral(tree.value);
    case 'attribute':
      return compileAttribute(tree.name);
    case 'exists':
      return { type: 'boolean', evaluate: (attributes) => attributes.has(tree.name) };
    case 'not':
      return compileNot(compileTree(tree.operand));
    case 'negate':
      return compileNegate(compileTree(tree.operand));
    case 'equality':
      return compileEquality(tree.operator, compileTree(tree.left), compileTree(tree.right));
    case 'order':
      return compileOrder(tree.operator, compileTree(tree.left), compileTree(tree.right));
    case 'arithmetic':
      return compileArithmetic(tree.operator, compileTree(tree.left), compileTree(tree.right));
    case 'logic':
      return compileLogic(tree.operator, compileTree(tree.left), compileTree(tree.right));
    case 'like':
      return compileLike(compileTree(tree.operand), tree.pattern);
    case 'in':
      return compileIn(compileTree(tree.operand), tree.elements.map(compileTree));
    case 'call':
      return compileCall(tree.name, tree.arguments.map(compileTree));
  }
}
