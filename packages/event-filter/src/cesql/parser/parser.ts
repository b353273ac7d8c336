import type { Token } from '../lexer/token.ts';
import { CesqlSyntaxError } from '../syntax-error.ts';
import { maxInteger, minInteger } from '../values/value.ts';
import { maxDepth, refuseDeepTree, tooDeep } from './depth.ts';
import type { Expression } from './expression.ts';
import { binaryOperators, power } from './operators.ts';
import { TokenCursor } from './token-cursor.ts';

const keywords: ReadonlySet<string> = new Set(
  'AND OR XOR NOT LIKE EXISTS IN TRUE FALSE'.split(' '),
);

/**
 * Reads an expression by precedence climbing: an operand, then every operator that binds at least as tightly as asked
 * for. Invariant: the cursor stands after what was read.
 */
export class Parser {
  readonly #cursor: TokenCursor;
  #depth = 0;

  constructor(source: string) {
    this.#cursor = new TokenCursor(source);
  }

  parse(): Expression {
    const expression = this.#expression(0);
    if (this.#cursor.peek().kind !== 'end') throw this.#cursor.expected('an operator or the end');
    refuseDeepTree(expression);
    return expression;
  }

  #expression(minPower: number): Expression {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw tooDeep(this.#cursor.peek().start);
    let left = this.#operand();
    for (;;) {
      const next = this.#postfix(left, minPower) ?? this.#binary(left, minPower);
      if (next === undefined) break;
      left = next;
    }
    this.#depth -= 1;
    return left;
  }

  #binary(left: Expression, minPower: number): Expression | undefined {
    const { kind, text } = this.#cursor.peek();
    const isOperator = kind === 'symbol' || kind === 'word';
    const operator = isOperator ? binaryOperators.get(text.toUpperCase()) : undefined;
    if (operator === undefined || operator.power < minPower) return undefined;
    this.#cursor.take();
    return operator.build(left, this.#expression(operator.rightPower));
  }

  /** `LIKE` and `IN`, which have no operand of their own kind on the right. */
  #postfix(operand: Expression, minPower: number): Expression | undefined {
    const isNegated = this.#cursor.isKeyword('NOT');
    const distance = isNegated ? 1 : 0;
    const isLike = this.#cursor.isKeyword('LIKE', distance);
    if (!isLike && !this.#cursor.isKeyword('IN', distance)) {
      if (isNegated) throw this.#expectedAfterNot();
      return undefined;
    }
    if ((isLike ? power.like : power.in) < minPower) return undefined;
    for (let taken = 0; taken <= distance; taken += 1) this.#cursor.take();
    const plain: Expression = isLike
      ? { kind: 'like', operand, pattern: this.#pattern() }
      : { kind: 'in', operand, elements: this.#list('a set in parentheses') };
    return isNegated ? { kind: 'not', operand: plain } : plain;
  }

  #expectedAfterNot(): CesqlSyntaxError {
    this.#cursor.take();
    return this.#cursor.expected('LIKE or IN after NOT');
  }

  #pattern(): string {
    if (this.#cursor.peek().kind !== 'string') throw this.#cursor.expected('a string as pattern');
    return this.#cursor.take().text;
  }

  /** One or more expressions in parentheses. */
  #list(what: string): Expression[] {
    if (!this.#cursor.isSymbol('(')) throw this.#cursor.expected(what);
    this.#cursor.take();
    const elements = [this.#expression(0)];
    while (this.#cursor.isSymbol(',')) {
      this.#cursor.take();
      elements.push(this.#expression(0));
    }
    if (!this.#cursor.isSymbol(')')) throw this.#cursor.expected('"," or ")"');
    this.#cursor.take();
    return elements;
  }

  #operand(): Expression {
    const token = this.#cursor.peek();
    switch (token.kind) {
      case 'string':
        this.#cursor.take();
        return { kind: 'literal', value: token.text };
      case 'integer':
        this.#cursor.take();
        return integerLiteral(token.text, token.start);
      case 'word':
        return this.#word(token);
      case 'symbol':
        return this.#symbol(token);
      case 'end':
        throw this.#cursor.expected('a value');
    }
  }

  #symbol(token: Token): Expression {
    if (token.text === '(') return this.#parenthesised();
    const digits = this.#cursor.peek(1);
    if (isSign(token) && digits.kind === 'integer' && digits.start === token.end) {
      this.#cursor.take();
      this.#cursor.take();
      return integerLiteral(token.text + digits.text, token.start);
    }
    if (token.text !== '-') throw this.#cursor.expected('a value');
    this.#cursor.take();
    return { kind: 'negate', operand: this.#expression(power.negate) };
  }

  #parenthesised(): Expression {
    this.#cursor.take();
    const inner = this.#expression(0);
    this.#cursor.takeSymbol(')');
    return inner;
  }

  #word(token: Token): Expression {
    if (this.#cursor.isSymbol('(', 1) && !keywords.has(token.text.toUpperCase())) {
      return this.#call();
    }
    switch (token.text.toUpperCase()) {
      case 'TRUE':
      case 'FALSE':
        this.#cursor.take();
        return { kind: 'literal', value: token.text.toUpperCase() === 'TRUE' };
      case 'NOT':
        this.#cursor.take();
        return { kind: 'not', operand: this.#expression(power.not) };
      case 'EXISTS':
        this.#cursor.take();
        return { kind: 'exists', name: this.#attributeName() };
      default:
        return { kind: 'attribute', name: this.#attributeName() };
    }
  }

  #attributeName(): string {
    const { kind, text } = this.#cursor.peek();
    const isName = kind === 'word' && !keywords.has(text.toUpperCase());
    if (!isName || text.includes('_')) throw this.#cursor.expected('the name of an attribute');
    this.#cursor.take();
    return text.toLowerCase();
  }

  #call(): Expression {
    const name = this.#cursor.peek().text.toUpperCase();
    if (!/^[A-Z][A-Z_]*$/.test(name)) throw this.#cursor.expected('the name of a function');
    this.#cursor.take();
    const isEmpty = this.#cursor.isSymbol(')', 1);
    if (!isEmpty) return { kind: 'call', name, arguments: this.#list('arguments in parentheses') };
    this.#cursor.takeSymbol('(');
    this.#cursor.takeSymbol(')');
    return { kind: 'call', name, arguments: [] };
  }
}

function isSign({ text }: Token): boolean {
  return text === '-' || text === '+';
}

function integerLiteral(text: string, start: number): Expression {
  const value = Number(text);
  if (value < minInteger || value > maxInteger) {
    throw new CesqlSyntaxError(`${text} does not fit into 32 bits`, start);
  }
  return { kind: 'literal', value: value | 0 };
}
