/** One term of a field selector, e.g. `metadata.name=x`. */
export interface FieldTerm {
  readonly field: string;
  readonly isEqual: boolean;
  readonly value: string;
}

export type ParsedFieldSelector =
  | { readonly kind: 'parsed'; readonly terms: readonly FieldTerm[] }
  | { readonly kind: 'invalid'; readonly message: string };

/** Commas, equal signs and backslashes of a value are escaped by a backslash. */
export function parseFieldSelector(text: string): ParsedFieldSelector {
  const terms: FieldTerm[] = [];
  for (const part of text.split(/(?<!\\),/).filter((each) => each !== '')) {
    const match = /^((?:[^=!\\]|\\.)+?)\s*(==|=|!=)\s*(.*)$/s.exec(part);
    if (match === null) {
      const message = `invalid selector: '${text}'; can't understand '${part}'`;
      return { kind: 'invalid', message };
    }
    const [, field = '', operator, value = ''] = match;
    terms.push({
      field: field.trim(),
      isEqual: operator !== '!=',
      value: value.replaceAll(/\\(.)/g, '$1'),
    });
  }
  return { kind: 'parsed', terms };
}
