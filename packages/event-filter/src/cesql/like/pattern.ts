/** `many` is `%`, `one` is `_`, everything else is itself. */
export type PatternPart = 'many' | 'one' | { readonly text: string };

/** Splits a pattern of LIKE; a backslash makes `%` and `_` themselves and is itself before everything else. */
export function parsePattern(pattern: string): PatternPart[] {
  const parts: PatternPart[] = [];
  let text = '';
  const endText = () => {
    if (text !== '') parts.push({ text });
    text = '';
  };
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (character === '\\' && (next === '%' || next === '_')) {
      text += next;
      at += 1;
    } else if (character === '%' || character === '_') {
      endText();
      parts.push(character === '%' ? 'many' : 'one');
    } else text += character;
  }
  endText();
  return parts;
}
