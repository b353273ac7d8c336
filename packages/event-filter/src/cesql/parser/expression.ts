import type { Value } from '../values/value.ts';

export type EqualityOperator = '=' | '!=' | '<>';
export type OrderOperator = '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type LogicOperator = 'AND' | 'OR' | 'XOR';

type Binary<Kind extends string, Operator extends string> = {
  readonly kind: Kind;
  readonly operator: Operator;
  readonly left: Expression;
  readonly right: Expression;
};

/** The tree of an expression; `x NOT LIKE y` and `x NOT IN y` are the negation of the plain forms, as they mean. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'exists'; readonly name: string }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | Binary<'equality', EqualityOperator>
  | Binary<'order', OrderOperator>
  | Binary<'arithmetic', ArithmeticOperator>
  | Binary<'logic', LogicOperator>
  | { readonly kind: 'like'; readonly operand: Expression; readonly pattern: string }
  | { readonly kind: 'in'; readonly operand: Expression; readonly elements: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] };
