import { matchParts } from './match-parts.ts';
import { parsePattern, type PatternPart } from './pattern.ts';

export type TextPredicate = (text: string) => boolean;

/** Compiles a pattern of LIKE; its time is bounded by the product of both lengths, whatever they are. */
export function compilePattern(pattern: string): TextPredicate {
  const parts = parsePattern(pattern);
  return parts.includes('one') ? matchParts(parts) : matchTexts(textsBetweenMany(parts));
}

/** What stands before, between and after the `%`: n of them make n + 1 texts. */
function textsBetweenMany(parts: readonly PatternPart[]): string[] {
  const texts = [''];
  for (const part of parts) {
    if (typeof part === 'object') texts[texts.length - 1] = part.text;
    else texts.push('');
  }
  return texts;
}

function matchTexts(texts: readonly string[]): TextPredicate {
  const [first = '', ...rest] = texts;
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (text.length < first.length + last.length) return false;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    return (
      rest.length === 0 || hasInOrder(text.slice(first.length, text.length - last.length), rest)
    );
  };
}

function hasInOrder(text: string, texts: readonly string[]): boolean {
  let at = 0;
  for (const wanted of texts) {
    const found = text.indexOf(wanted, at);
    if (found < 0) return false;
    at = found + wanted.length;
  }
  return true;
}
