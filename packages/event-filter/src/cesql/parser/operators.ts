import type {
  ArithmeticOperator,
  EqualityOperator,
  Expression,
  LogicOperator,
  OrderOperator,
} from './expression.ts';

/** How tightly an operator binds; CESQL §3.6, where NOT and the sign come before everything but calls. */
export const power = {
  logic: 10,
  comparison: 20,
  additive: 30,
  multiplicative: 40,
  in: 50,
  like: 60,
  negate: 70,
  not: 80,
} as const;

export interface BinaryOperator {
  readonly power: number;
  /** The least power that an operator of the right operand must have: equal ones are left to right unless this is lower. */
  readonly rightPower: number;
  build(left: Expression, right: Expression): Expression;
}

function leftToRight(strength: number, build: BinaryOperator['build']): BinaryOperator {
  return { power: strength, rightPower: strength + 1, build };
}

function equality(operator: EqualityOperator): BinaryOperator {
  return leftToRight(power.comparison, (left, right) => ({
    kind: 'equality',
    operator,
    left,
    right,
  }));
}

function order(operator: OrderOperator): BinaryOperator {
  return leftToRight(power.comparison, (left, right) => ({ kind: 'order', operator, left, right }));
}

function arithmetic(operator: ArithmeticOperator, strength: number): BinaryOperator {
  return leftToRight(strength, (left, right) => ({ kind: 'arithmetic', operator, left, right }));
}

/** The reference grammar groups these from the right, all three on one level. */
function logic(operator: LogicOperator): BinaryOperator {
  const build: BinaryOperator['build'] = (left, right) => ({
    kind: 'logic',
    operator,
    left,
    right,
  });
  return { power: power.logic, rightPower: power.logic, build };
}

/** By what is written, keywords in capitals. */
export const binaryOperators: ReadonlyMap<string, BinaryOperator> = new Map([
  ['=', equality('=')],
  ['!=', equality('!=')],
  ['<>', equality('<>')],
  ['<', order('<')],
  ['<=', order('<=')],
  ['>', order('>')],
  ['>=', order('>=')],
  ['+', arithmetic('+', power.additive)],
  ['-', arithmetic('-', power.additive)],
  ['*', arithmetic('*', power.multiplicative)],
  ['/', arithmetic('/', power.multiplicative)],
  ['%', arithmetic('%', power.multiplicative)],
  ['AND', logic('AND')],
  ['OR', logic('OR')],
  ['XOR', logic('XOR')],
]);
