import { CesqlSyntaxError } from '../syntax-error.ts';
import type { Token } from './token.ts';

/**
 * Reads a string literal that begins at `start` with either quote. A backslash takes the next character with it, but
 * only before the literal's own quote does it disappear: patterns of LIKE need theirs.
 */
export function readString(source: string, start: number): Token {
  const quote = source.charAt(start);
  let text = '';
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === quote) {
      refuseDoubledQuote(source, at);
      return { kind: 'string', text, start, end: at + 1 };
    }
    if (character === '\\') {
      const next = source.charAt(at + 1);
      text += next === quote ? quote : character + next;
      at += 1;
    } else text += character;
  }
  throw new CesqlSyntaxError(`the string is not closed by ${quote}`, start);
}

/** What other dialects of SQL write for a quote would be two strings here. */
function refuseDoubledQuote(source: string, at: number): void {
  const quote = source.charAt(at);
  if (source.charAt(at + 1) !== quote) return;
  throw new CesqlSyntaxError(`a ${quote} inside ${quote}…${quote} is written \\${quote}`, at);
}
