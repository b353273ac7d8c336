import { CesqlSyntaxError } from '../syntax-error.ts';
import { readString } from './read-string.ts';
import type { Token } from './token.ts';

/** Longer symbols first: `<=` is not `<` and `=`. */
const symbols = ['<=', '>=', '<>', '!=', '=', '<', '>', '+', '-', '*', '/', '%', '(', ')', ','];

/** Splits an expression into tokens, the last of which is its end. Signs are symbols: only the parser can tell. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(source, 0);
  while (at < source.length) {
    const token = readToken(source, at);
    tokens.push(token);
    at = skipSpace(source, token.end);
  }
  tokens.push({ kind: 'end', text: '', start: at, end: at });
  return tokens;
}

function skipSpace(source: string, start: number): number {
  let at = start;
  while (' \t\r\n'.includes(source.charAt(at) || '.')) at += 1;
  return at;
}

function readToken(source: string, start: number): Token {
  const first = source.charAt(start);
  if (first === "'" || first === '"') return readString(source, start);
  if (isWordCharacter(first)) return readWord(source, start);
  const symbol = symbols.find((candidate) => source.startsWith(candidate, start));
  if (symbol === undefined) {
    const character = String.fromCodePoint(source.codePointAt(start) ?? 0);
    throw new CesqlSyntaxError(`"${character}" has no meaning here`, start);
  }
  return { kind: 'symbol', text: symbol, start, end: start + symbol.length };
}

function readWord(source: string, start: number): Token {
  let end = start;
  while (isWordCharacter(source.charAt(end))) end += 1;
  const text = source.slice(start, end);
  return { kind: /^[0-9]+$/.test(text) ? 'integer' : 'word', text, start, end };
}

function isWordCharacter(character: string): boolean {
  return /^[A-Za-z0-9_]$/.test(character);
}
