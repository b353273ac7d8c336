import assert from 'node:assert/strict';
import { tokenize } from '../lexer/tokenize.ts';
import type { Token } from '../lexer/token.ts';
import { CesqlSyntaxError } from '../syntax-error.ts';

/** Walks through the tokens of an expression. Keywords are words in any case. */
export class TokenCursor {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(source: string) {
    this.#tokens = tokenize(source);
  }

  /** The token that comes next, or one further on; the last token is the end and stays. */
  peek(distance = 0): Token {
    const token = this.#tokens[this.#index + distance] ?? this.#tokens.at(-1);
    assert(token !== undefined, 'an expression always has its end');
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.#index += 1;
    return token;
  }

  isSymbol(text: string, distance = 0): boolean {
    const token = this.peek(distance);
    return token.kind === 'symbol' && token.text === text;
  }

  isKeyword(word: string, distance = 0): boolean {
    const token = this.peek(distance);
    return token.kind === 'word' && token.text.toUpperCase() === word;
  }

  takeSymbol(text: string): void {
    if (!this.isSymbol(text)) throw this.expected(`"${text}"`);
    this.#index += 1;
  }

  expected(what: string): CesqlSyntaxError {
    const token = this.peek();
    return new CesqlSyntaxError(`expected ${what}, found ${describe(token)}`, token.start);
  }
}

function describe({ kind, text }: Token): string {
  if (kind === 'end') return 'the end';
  return kind === 'string' ? 'a string' : `"${text}"`;
}
