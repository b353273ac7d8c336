/** Words and signs of a label selector; `text` is '' at its end. */
export type SelectorToken =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'end'; readonly text: '' };

const signs = /^(?:==|!=|[=!(),<>])/;
const word = /^[^\s=!(),<>]+/;

export function selectorTokens(selector: string): SelectorToken[] {
  const tokens: SelectorToken[] = [];
  let rest = selector.trimStart();
  while (rest !== '') {
    const sign = signs.exec(rest)?.[0];
    const text = sign ?? word.exec(rest)?.[0] ?? rest;
    tokens.push({ kind: sign === undefined ? 'word' : 'sign', text });
    rest = rest.slice(text.length).trimStart();
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}
