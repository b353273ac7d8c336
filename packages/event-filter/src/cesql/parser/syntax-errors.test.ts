import { describe, expect, it } from '@jest/globals';
import { compileExpression } from '../compile-expression.ts';

describe('what is no expression', () => {
  it.each([
    ['', 0, 'expected a value, found the end'],
    ['   ', 3, 'expected a value, found the end'],
    ['1 +', 3, 'expected a value, found the end'],
    ['1 1', 2, 'expected an operator or the end, found "1"'],
    ["type 'a'", 5, 'expected an operator or the end, found a string'],
    ['type == 1', 6, 'expected a value, found "="'],
    ['* 2', 0, 'expected a value, found "*"'],
    ['+ 2', 0, 'expected a value, found "+"'],
    ['(1', 2, 'expected ")", found the end'],
    ['1)', 1, 'expected an operator or the end, found ")"'],
    ['()', 1, 'expected a value, found ")"'],
    ["'open", 0, "the string is not closed by '"],
    ["'open\\'", 0, "the string is not closed by '"],
    ['type = "open', 7, 'the string is not closed by "'],
    ["'it''s'", 3, "a ' inside '…' is written \\'"],
    ['2147483648', 0, '2147483648 does not fit into 32 bits'],
    ['1 + -2147483649', 4, '-2147483649 does not fit into 32 bits'],
    ['- 2147483648', 2, '2147483648 does not fit into 32 bits'],
    ['type ; 1', 5, '";" has no meaning here'],
    ['type = 🎉', 7, '"🎉" has no meaning here'],
    ['1.5', 1, '"." has no meaning here'],
    ['a ! b', 2, '"!" has no meaning here'],
    ['x IN ()', 6, 'expected a value, found ")"'],
    ['x IN (1, )', 9, 'expected a value, found ")"'],
    ['x IN (1 2)', 8, 'expected "," or ")", found "2"'],
    ['x IN 1', 5, 'expected a set in parentheses, found "1"'],
    ['x NOT 1', 6, 'expected LIKE or IN after NOT, found "1"'],
    ['x LIKE 1', 7, 'expected a string as pattern, found "1"'],
    ['x LIKE y', 7, 'expected a string as pattern, found "y"'],
    ["x LIKE ('a')", 7, 'expected a string as pattern, found "("'],
    ['EXISTS', 6, 'expected the name of an attribute, found the end'],
    ["EXISTS 'x'", 7, 'expected the name of an attribute, found a string'],
    ['EXISTS (x)', 7, 'expected the name of an attribute, found "("'],
    ['EXISTS 5', 7, 'expected the name of an attribute, found "5"'],
    ['AND = 1', 0, 'expected the name of an attribute, found "AND"'],
    ['some_name = 1', 0, 'expected the name of an attribute, found "some_name"'],
    ['F1(2)', 0, 'expected the name of a function, found "F1"'],
    ['_F(2)', 0, 'expected the name of a function, found "_F"'],
    ['LENGTH(', 7, 'expected a value, found the end'],
    ["LENGTH('a'", 10, 'expected "," or ")", found the end'],
    ["LENGTH('a',)", 11, 'expected a value, found ")"'],
    ['TRUE()', 4, 'expected an operator or the end, found "("'],
  ])('%j breaks at %d: %s', (expression, position, message) => {
    expect(compileExpression(expression)).toEqual({ kind: 'invalid', message, position });
  });

  it('may be too deep in parentheses', () => {
    const deep = (levels: number) => `${'('.repeat(levels)}TRUE${')'.repeat(levels)}`;
    expect(compileExpression(deep(400)).kind).toBe('compiled');
    expect(compileExpression(deep(100_000))).toMatchObject({
      message: expect.stringContaining('500 levels') as unknown,
    });
  });

  it.each(['+', 'OR', '='])('may be too long a chain of %s', (operator) => {
    const chain = (length: number) => Array(length).fill('1').join(` ${operator} `);
    const short = compileExpression(chain(450));
    expect(short.kind === 'compiled' && typeof short.evaluate(new Map())).not.toBe('object');
    expect(compileExpression(chain(100_000))).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('500 levels') as unknown,
    });
  });

  it('takes a set of any length', () => {
    const set = Array.from({ length: 10_000 }, (_, index) => index).join();
    const result = compileExpression(`9999 IN (${set})`);
    expect(result.kind === 'compiled' && result.evaluate(new Map())).toBe(true);
  });
});
