import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileExpression } from './compile-expression.ts';
import type { Expression } from './parser/expression.ts';
import { Parser } from './parser/parser.ts';

/**
 * A second reading of the language, as slow and plain as the specification: it looks at the types of values while it
 * walks the tree, where the compiler knows them before.
 */
type Value = string | number | boolean;
type EventAttributes = Readonly<Record<string, string>>;

class EvaluationError extends Error {
  readonly kind: string;
  readonly value: Value | undefined;
  constructor(kind: string, value?: Value) {
    super(kind);
    this.kind = kind;
    this.value = value;
  }
}

function toInteger(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (!/^[-+]?\d+$/.test(value)) throw new EvaluationError('cast');
  const integer = BigInt(value.replace('+', ''));
  if (BigInt.asIntN(32, integer) !== integer) throw new EvaluationError('cast');
  return Number(integer);
}

function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (/^true$/i.test(value)) return true;
  if (/^false$/i.test(value)) return false;
  throw new EvaluationError('cast');
}

function toTypeOf(example: Value, value: Value): Value {
  if (typeof example === 'number') return toInteger(value);
  return typeof example === 'boolean' ? toBoolean(value) : String(value);
}

function arithmetic(operator: string, left: number, right: number): number {
  const [x, y] = [BigInt(left), BigInt(right)];
  if ('/%'.includes(operator) && y === 0n) throw new EvaluationError('math');
  const results: Record<string, () => bigint> = {
    '+': () => x + y,
    '-': () => x - y,
    '*': () => x * y,
    '/': () => x / y,
    '%': () => x % y,
  };
  const result = results[operator]!();
  if (BigInt.asIntN(32, result) !== result) throw new EvaluationError('math');
  return Number(result);
}

const functions: Record<string, (...values: Value[]) => Value> = {
  LENGTH: (x) => Array.from(String(x)).length,
  CONCAT: (...values) => values.map(String).join(''),
  UPPER: (x) => String(x).toUpperCase(),
  INT: (x) => toInteger(x),
  BOOL: (x) => toBoolean(x),
  STRING: (x) => String(x),
  LEFT: (x, count) => {
    const wanted = toInteger(count);
    if (wanted < 0) throw new EvaluationError('function-evaluation', String(x));
    return Array.from(String(x)).slice(0, wanted).join('');
  },
  ABS: (x) => {
    const value = toInteger(x);
    if (value === -2147483648) throw new EvaluationError('math', 2147483647);
    return value < 0 ? -value : value;
  },
};

function likeRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\\[%_]|[^]/g, (part) => {
    if (part === '%') return '[^]*';
    if (part === '_') return '[^]';
    return part.slice(-1).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^(?:${source})$`, 'u');
}

function walk(tree: Expression, event: EventAttributes): Value {
  /** A value beside an error counts only where nothing is built on it. */
  const next = (operand: Expression) => {
    try {
      return walk(operand, event);
    } catch (error) {
      throw new EvaluationError((error as EvaluationError).kind);
    }
  };
  switch (tree.kind) {
    case 'literal':
      return tree.value;
    case 'attribute': {
      const value = event[tree.name];
      if (value === undefined) throw new EvaluationError('missing-attribute');
      return value;
    }
    case 'exists':
      return event[tree.name] !== undefined;
    case 'not':
      return !toBoolean(next(tree.operand));
    case 'negate':
      return arithmetic('-', 0, toInteger(next(tree.operand)));
    case 'equality': {
      const [left, right] = [next(tree.left), next(tree.right)];
      return (toTypeOf(right, left) === right) === (tree.operator === '=');
    }
    case 'order': {
      const [left, right] = [toInteger(next(tree.left)), toInteger(next(tree.right))];
      if (left === right) return tree.operator.includes('=');
      return tree.operator.startsWith('<') === left < right;
    }
    case 'arithmetic':
      return arithmetic(tree.operator, toInteger(next(tree.left)), toInteger(next(tree.right)));
    case 'logic': {
      const left = toBoolean(next(tree.left));
      if (tree.operator === 'AND' && !left) return false;
      if (tree.operator === 'OR' && left) return true;
      const right = toBoolean(next(tree.right));
      return tree.operator === 'XOR' ? left !== right : right;
    }
    case 'like':
      return likeRegExp(tree.pattern).test(String(next(tree.operand)));
    case 'in': {
      const wanted = next(tree.operand);
      return tree.elements.some((element) => toTypeOf(wanted, next(element)) === wanted);
    }
    case 'call': {
      const call = functions[tree.name];
      if (call === undefined) throw new EvaluationError('missing-function');
      return call(...tree.arguments.map(next));
    }
  }
}

/** The type that an expression has whatever happens; an error leaves its zero value. */
function zeroOf(tree: Expression): Value {
  if (tree.kind === 'arithmetic' || tree.kind === 'negate') return 0;
  if (tree.kind !== 'call') return false;
  if (['LENGTH', 'INT', 'ABS'].includes(tree.name)) return 0;
  return ['CONCAT', 'UPPER', 'STRING', 'LEFT'].includes(tree.name) ? '' : false;
}

function outcomeOf(source: string, event: EventAttributes): unknown {
  const tree = new Parser(source).parse();
  try {
    return walk(tree, event);
  } catch (error) {
    const { kind, value } = error as EvaluationError;
    return { error: kind, value: value ?? zeroOf(tree) };
  }
}

const names = fc.constantFrom('id', 'hop', 'flag', 'word', 'nothing');
const texts = ['', 'a', 'ab', 'A', '5', '-3', '+7', 'true', 'FALSE', '2147483647', '1x', '🎉'];
const integers = ['0', '1', '-3', '6', '2147483647', '-2147483648', '65536'];
const patterns = ['%', 'a%', '%b', '_', 'a_', '\\%', '\\_', '%a%', '5', ''];
const operators = '= != <> < <= > >= + - * / % AND OR XOR AND OR'.split(' ');
const calls = ['LENGTH', 'UPPER', 'INT', 'BOOL', 'STRING', 'ABS', 'NO_SUCH'];

const { source: sources } = fc.letrec<{ source: string }>((tie) => {
  const source = tie('source');
  const written = (...parts: (string | fc.Arbitrary<string>)[]) =>
    fc
      .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
      .map((texts) => texts.join(''));
  return {
    source: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constantFrom(...integers, 'TRUE', 'FALSE', ...texts.map((text) => `'${text}'`)),
      names,
      written('EXISTS ', names),
      written('(', source, ' ', fc.constantFrom(...operators), ' ', source, ')'),
      written(fc.constantFrom('NOT ', '- '), '(', source, ')'),
      written(
        '(',
        source,
        fc.constantFrom(' LIKE ', ' NOT LIKE '),
        "'",
        fc.constantFrom(...patterns),
        "')",
      ),
      written('(', source, fc.constantFrom(' IN (', ' NOT IN ('), source, ', ', source, '))'),
      written(fc.constantFrom(...calls), '(', source, ')'),
      written(fc.constantFrom('CONCAT', 'LEFT'), '(', source, ', ', source, ')'),
    ),
  };
});

const someText = fc.constantFrom(...texts);
const events: fc.Arbitrary<EventAttributes> = fc.record(
  { id: someText, hop: someText, flag: someText, word: someText },
  { requiredKeys: ['id'] },
);

describe('the compiled closures', () => {
  it('agree with a plain walk over the tree', () => {
    fc.assert(
      fc.property(sources, events, (source, event) => {
        const result = compileExpression(source);
        expect(result.kind).toBe('compiled');
        const attributes = new Map(Object.entries(event));
        const outcome = result.kind === 'compiled' && result.evaluate(attributes);
        expect(outcome).toEqual(outcomeOf(source, event));
      }),
      { numRuns: 2000 },
    );
  });
});
