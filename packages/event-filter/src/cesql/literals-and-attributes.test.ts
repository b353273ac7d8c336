import { describe, expect, it } from '@jest/globals';
import { compileExpression } from './compile-expression.ts';

function evaluate(expression: string, attributes: Record<string, string> = {}) {
  const result = compileExpression(expression);
  return result.kind === 'compiled' ? result.evaluate(new Map(Object.entries(attributes))) : result;
}

describe('literals', () => {
  it.each([
    ['0', 0],
    ['42', 42],
    ['007', 7],
    ['+17', 17],
    ['-17', -17],
    ['-0', 0],
    ['2147483647', 2147483647],
    ['-2147483648', -2147483648],
    ['TRUE', true],
    ['true', true],
    ['tRuE', true],
    ['FALSE', false],
    ['False', false],
    [`''`, ''],
    [`""`, ''],
    [`'Grüße, 世界 🎉'`, 'Grüße, 世界 🎉'],
    [`"in double quotes"`, 'in double quotes'],
    [`'Case Stays'`, 'Case Stays'],
    [`'say "hi"'`, 'say "hi"'],
    [`"it's"`, "it's"],
    [`'it\\'s'`, "it's"],
    [`"say \\"hi\\""`, 'say "hi"'],
    [`'other \\n escapes \\" stay'`, 'other \\n escapes \\" stay'],
    [`'c:\\\\'`, 'c:\\\\'],
    [`'\\\\\\''`, "\\\\'"],
    [`'two\nlines'`, 'two\nlines'],
    [' \t\r\n 5 \n', 5],
  ])('%j is its value', (expression, value) => {
    expect(evaluate(expression)).toBe(value);
  });
});

describe('attributes', () => {
  const event = { id: '1', type: 'a.b', hop: '7', x9: 'nine', '1st': 'first', empty: '' };

  it.each([
    ['id', '1'],
    ['TYPE', 'a.b'],
    ['tYpE', 'a.b'],
    ['hop', '7'],
    ['x9', 'nine'],
    ['1st', 'first'],
    ['empty', ''],
    ['EXISTS id', true],
    ['exists ID', true],
    ['EXISTS empty', true],
    ['EXISTS nothing', false],
    ['NOT EXISTS nothing', true],
    ['NOT EXISTS id', false],
    ['EXISTS id = TRUE', true],
    ['EXISTS id AND EXISTS type', true],
    ['(EXISTS nothing) = FALSE', true],
  ])('%s', (expression, value) => {
    expect(evaluate(expression, event)).toBe(value);
  });

  it.each([
    ['nothing', false],
    ['(nothing)', false],
    ['NOT nothing', false],
    ['-nothing', 0],
    ['nothing + 1', 0],
    ['1 - nothing', 0],
    ['nothing / 0', 0],
    ['nothing % 0', 0],
    ["nothing = ''", false],
    ["nothing != 'x'", false],
    ["'x' <> nothing", false],
    ['nothing < 5', false],
    ['5 >= nothing', false],
    ["nothing LIKE '%'", false],
    ["nothing NOT LIKE '%'", false],
    ["nothing IN ('a')", false],
    ["nothing NOT IN ('a')", false],
    ["'a' IN (nothing, 'a')", false],
    ['nothing AND TRUE', false],
    ['nothing OR TRUE', false],
    ['TRUE XOR nothing', false],
    ['LENGTH(nothing)', 0],
    ['UPPER(nothing)', ''],
    ["CONCAT('a', nothing)", ''],
    ['INT(nothing)', 0],
    ['BOOL(nothing)', false],
    ['IS_INT(nothing)', false],
  ])('%s is an error with the zero value of its type', (expression, value) => {
    expect(evaluate(expression, event)).toEqual({ error: 'missing-attribute', value });
  });
});
