import type { Attributes } from '../attributes.ts';
import type { Narrowing } from '../narrowing/narrowing.ts';
import { compileTree } from './compile/compile-tree.ts';
import { narrowingOfTree } from './narrowing-of-tree.ts';
import { Parser } from './parser/parser.ts';
import { CesqlSyntaxError } from './syntax-error.ts';
import type { Failure } from './values/failure.ts';
import type { Value } from './values/value.ts';

export type ExpressionResult =
  | {
      readonly kind: 'compiled';
      readonly narrowing: Narrowing;
      readonly evaluate: (attributes: Attributes) => Value | Failure;
    }
  | { readonly kind: 'invalid'; readonly message: string; readonly position: number };

/** Compiles a CloudEvents SQL expression, version 1.0. Evaluation stops at the first error. */
export function compileExpression(source: string): ExpressionResult {
  try {
    const tree = new Parser(source).parse();
    const { evaluate } = compileTree(tree);
    return { kind: 'compiled', narrowing: narrowingOfTree(tree), evaluate };
  } catch (error) {
    if (!(error instanceof CesqlSyntaxError)) throw error;
    return { kind: 'invalid', message: error.message, position: error.position };
  }
}
