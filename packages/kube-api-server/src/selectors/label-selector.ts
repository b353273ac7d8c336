import { validateLabelKey, validateLabelValue } from '../object/label-syntax.ts';
import { selectorTokens, type SelectorToken } from './selector-tokens.ts';

/** Whether an object's labels are selected. */
export type LabelPredicate = (labels: Readonly<Record<string, string>>) => boolean;

export type ParsedLabelSelector =
  | { readonly kind: 'parsed'; readonly matches: LabelPredicate }
  | { readonly kind: 'invalid'; readonly message: string };

/** Parses `app=a,tier in (x, y),!gone`; what is wrong is said in the words of the API. */
export function parseLabelSelector(text: string): ParsedLabelSelector {
  const parser = new SelectorParser(text);
  try {
    const predicates = parser.parse();
    return { kind: 'parsed', matches: (labels) => predicates.every((each) => each(labels)) };
  } catch (error) {
    if (error instanceof SelectorError) return { kind: 'invalid', message: error.message };
    throw error;
  }
}

/** Ends the parsing at the first thing that does not fit. */
class SelectorError extends Error {}

const operators = 'in, notin, =, ==, !=, gt, lt';

class SelectorParser {
  readonly #tokens: SelectorToken[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = selectorTokens(text);
  }

  parse(): LabelPredicate[] {
    const predicates: LabelPredicate[] = [];
    for (;;) {
      const start = this.#peek();
      if (start.kind === 'end') return predicates;
      if (!startsRequirement(start)) {
        throw unexpected(start, "!, identifier, or 'end of string'");
      }
      predicates.push(this.#requirement());
      const next = this.#take();
      if (next.kind === 'end') return predicates;
      if (next.text !== ',') throw unexpected(next, "',' or 'end of string'");
      const after = this.#peek();
      if (!startsRequirement(after)) throw unexpected(after, "identifier after ','");
    }
  }

  #requirement(): LabelPredicate {
    try {
      return this.#parseRequirement();
    } catch (error) {
      if (!(error instanceof SelectorError)) throw error;
      throw new SelectorError(`unable to parse requirement: ${error.message}`);
    }
  }

  #parseRequirement(): LabelPredicate {
    const first = this.#take();
    const isNegated = first.text === '!' && first.kind === 'sign';
    const name = isNegated ? this.#take() : first;
    if (name.kind !== 'word') throw unexpected(name, 'identifier');
    const [problem] = validateLabelKey(name.text);
    if (problem !== undefined) throw invalid('<nil>', name.text, problem);
    const next = this.#peek();
    if (isNegated) return (labels) => labels[name.text] === undefined;
    if (next.kind === 'end' || next.text === ',')
      return (labels) => labels[name.text] !== undefined;
    return this.#comparison(name.text);
  }

  #comparison(name: string): LabelPredicate {
    const operator = this.#take();
    switch (operator.text) {
      case 'in':
      case 'notin': {
        const values = this.#valueSet(name);
        const isIn = operator.text === 'in';
        return ({ [name]: value }) => (value !== undefined && values.has(value)) === isIn;
      }
      case '=':
      case '==': {
        const wanted = this.#value(name);
        return (labels) => labels[name] === wanted;
      }
      case '!=': {
        const unwanted = this.#value(name);
        return (labels) => labels[name] !== unwanted;
      }
      case '>':
      case '<': {
        const limit = this.#integer();
        const sign = operator.text === '>' ? 1 : -1;
        return ({ [name]: value }) => value !== undefined && (Number(value) - limit) * sign > 0;
      }
      default:
        throw unexpected(operator, operators);
    }
  }

  #value(name: string): string {
    const next = this.#peek();
    if (next.kind === 'end' || next.text === ',') return '';
    const value = this.#take();
    if (value.kind !== 'word') throw unexpected(value, 'identifier');
    return checked(name, value.text);
  }

  #integer(): number {
    const { text } = this.#take();
    if (/^-?[0-9]+$/.test(text)) return Number(text);
    throw invalid('values[0]', text, "for 'Gt', 'Lt' operators, the value must be an integer");
  }

  #valueSet(name: string): Set<string> {
    const open = this.#take();
    if (open.text !== '(') throw new SelectorError(`found '${open.text}' expected: '('`);
    const values = new Set<string>();
    for (let isAfterWord = false; ;) {
      const token = this.#take();
      if (token.kind === 'word' && !isAfterWord) {
        values.add(checked(name, token.text));
        isAfterWord = true;
      } else if (token.text === ',' || token.text === ')') {
        if (!isAfterWord) values.add('');
        if (token.text === ')') return values;
        isAfterWord = false;
      } else {
        throw unexpected(token, isAfterWord ? "',' or ')'" : "',', ')' or identifier");
      }
    }
  }

  #peek(): SelectorToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #take(): SelectorToken {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }
}

function startsRequirement({ kind, text }: SelectorToken): boolean {
  return kind === 'word' || (kind === 'sign' && text === '!');
}

function checked(name: string, value: string): string {
  const [problem] = validateLabelValue(value);
  if (problem !== undefined) throw invalid(`values[0][${name}]`, value, problem);
  return value;
}

function unexpected({ text }: SelectorToken, expected: string): SelectorError {
  return new SelectorError(`found '${text}', expected: ${expected}`);
}

function invalid(field: string, value: string, problem: string): SelectorError {
  return new SelectorError(`${field}: Invalid value: ${JSON.stringify(value)}: ${problem}`);
}
