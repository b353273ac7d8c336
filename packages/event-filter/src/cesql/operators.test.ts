import { describe, expect, it } from '@jest/globals';
import { compileExpression } from './compile-expression.ts';

function evaluate(expression: string, attributes: Record<string, string> = {}) {
  const result = compileExpression(expression);
  return result.kind === 'compiled' ? result.evaluate(new Map(Object.entries(attributes))) : result;
}

const event = { hop: '5', ttl: '10', flag: 'True', name: 'Ada', number: '-3', word: 'x' };

describe('equality', () => {
  it.each([
    ['TRUE = TRUE', true],
    ['TRUE = FALSE', false],
    ['3 = 3', true],
    ['3 = 4', false],
    ["'a' = 'a'", true],
    ["'a' = 'A'", false],
    ["'a' != 'A'", true],
    ["'a' <> 'a'", false],
    ['3 != 3', false],
    ['3 <> 4', true],
    ['FALSE != TRUE', true],
    ["hop = '5'", true],
    ['hop = 5', true],
    ["hop = '05'", false],
    ["'05' = 5", true],
    ["'+5' = 5", true],
    ["5 = '05'", false],
    ["5 = '5'", true],
    ['flag = TRUE', true],
    ["flag = 'true'", false],
    ["TRUE = 'true'", true],
    ["TRUE = 'TRUE'", false],
    ["'TRUE' = true", true],
    ['1 = TRUE', true],
    ['7 = TRUE', true],
    ['0 = FALSE', true],
    ['TRUE = 1', true],
    ['TRUE = 7', false],
    ['name = name', true],
    ['hop = ttl', false],
    ['5 = hop', true],
  ])('%s is %s', (expression, value) => {
    expect(evaluate(expression, event)).toBe(value);
  });
});

describe('order', () => {
  it.each([
    ['1 < 2', true],
    ['2 < 2', false],
    ['2 <= 2', true],
    ['3 <= 2', false],
    ['2 > 1', true],
    ['2 > 2', false],
    ['2 >= 2', true],
    ['2 >= 3', false],
    ['hop < ttl', true],
    ["'10' > '9'", true],
    ['number < 0', true],
    ['TRUE > FALSE', true],
    ["'2' <= TRUE", false],
  ])('%s is %s', (expression, value) => {
    expect(evaluate(expression, event)).toBe(value);
  });
});

describe('arithmetic', () => {
  it.each([
    ['1 + 2', 3],
    ['1 - 2', -1],
    ['1-2', -1],
    ['1 -2', -1],
    ['1+2', 3],
    ['-4 + -1', -5],
    ['4 * -3', -12],
    ['7 / 2', 3],
    ['-7 / 2', -3],
    ['7 / -2', -3],
    ['7 % 2', 1],
    ['-7 % 2', -1],
    ['7 % -2', 1],
    ['-4 % 2', 0],
    ['0 * -5', 0],
    ["'6' * '7'", 42],
    ['hop + ttl', 15],
    ['hop + TRUE', 6],
    ['-hop', -5],
    ["-'8'", -8],
    ['-TRUE', -1],
    ['--9', 9],
    ['- -9', 9],
    ['-(3 + 4)', -7],
    ['46340 * 46340', 2147395600],
    ['2147483647 + 0', 2147483647],
    ['-2147483647 - 1', -2147483648],
  ])('%s is %s', (expression, value) => {
    expect(evaluate(expression, event)).toBe(value);
  });

  it.each([
    ['5 / 0'],
    ['0 / 0'],
    ['5 % 0'],
    ["'5' / FALSE"],
    ['2147483647 + 1'],
    ['-2147483648 - 1'],
    ['65536 * 65536'],
    ['-(-2147483648)'],
    ['-2147483648 / -1'],
    ['(1 / 0) + 5'],
  ])('%s is a math error and 0', (expression) => {
    expect(evaluate(expression)).toEqual({ error: 'math', value: 0 });
  });
});

describe('logic', () => {
  it.each([
    ['TRUE AND TRUE', true],
    ['TRUE AND FALSE', false],
    ['FALSE AND TRUE', false],
    ['FALSE OR FALSE', false],
    ['FALSE OR TRUE', true],
    ['TRUE OR FALSE', true],
    ['TRUE XOR TRUE', false],
    ['TRUE XOR FALSE', true],
    ['FALSE XOR TRUE', true],
    ['FALSE XOR FALSE', false],
    ['true and true', true],
    ['false or true', true],
    ['NOT TRUE', false],
    ['not false', true],
    ['NOT NOT TRUE', true],
    ["NOT 'false'", true],
    ['NOT 0', true],
    ['NOT 10', false],
    ['flag AND 1', true],
    ["'TRUE' XOR 0", true],
    ['FALSE AND nothing', false],
    ['TRUE OR nothing', true],
    ['FALSE AND 1 / 0 = 1', false],
    ['TRUE OR UNKNOWN()', true],
  ])('%s is %s', (expression, value) => {
    expect(evaluate(expression, event)).toBe(value);
  });

  it.each([
    ['TRUE AND 1 / 0 = 1', 'math'],
    ['FALSE OR 1 / 0 = 1', 'math'],
    ['FALSE XOR 1 / 0 = 1', 'math'],
    ['word AND TRUE', 'cast'],
    ["TRUE AND 'maybe'", 'cast'],
    ["'' OR TRUE", 'cast'],
    ['NOT word', 'cast'],
    ["NOT ''", 'cast'],
  ])('%s is false with a %s error', (expression, error) => {
    expect(evaluate(expression, event)).toEqual({ error, value: false });
  });
});

describe('IN', () => {
  it.each([
    ["name IN ('Ada')", true],
    ["name IN ('Bob', 'Ada')", true],
    ["name IN ('ada')", false],
    ["name NOT IN ('Bob')", true],
    ["name not in ('Ada')", false],
    ['hop IN (5, 6)', true],
    ['5 IN (hop, 6)', true],
    ["5 IN ('05')", true],
    ["'05' IN (5)", false],
    ['hop IN (ttl, hop)', true],
    ["TRUE IN ('true')", true],
    ["'TRUE' IN (TRUE)", false],
    ["TRUE IN ('no' = 'no')", true],
    ['2 IN (1 + 1)', true],
    ['2 IN (2, 1 / 0)', true],
    ["TRUE = 'a' IN ('a')", true],
  ])('%s is %s', (expression, value) => {
    expect(evaluate(expression, event)).toBe(value);
  });

  it.each([
    ['2 IN (1 / 0, 2)', 'math'],
    ["5 IN ('five', 5)", 'cast'],
    ["TRUE IN ('yes')", 'cast'],
  ])('%s is false with a %s error', (expression, error) => {
    expect(evaluate(expression)).toEqual({ error, value: false });
  });
});

describe('implicit casts that fail', () => {
  it.each([
    ["'abc' = 1", false],
    ["'' = 0", false],
    ["'abc' = TRUE", false],
    ["'1.5' < 2", false],
    ["1 >= ' 1'", false],
    ["'abc' + 1", 0],
    ["1 * '1e3'", 0],
    ["'2147483648' - 1", 0],
    ["-'x'", 0],
    ["LEFT('abc', 'x')", ''],
  ])('%s is a cast error and %j', (expression, value) => {
    expect(evaluate(expression)).toEqual({ error: 'cast', value });
  });
});

describe('precedence', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 3 - 2', 5],
    ['100 / 10 / 5', 2],
    ['100 / (10 / 5)', 50],
    ['7 % 4 * 2', 6],
    ['-2 + 3', 1],
    ['-hop * 2', -10],
    ['1 + 2 = 3', true],
    ['1 < 2 = TRUE', true],
    ["NOT 'false' = 'true'", true],
    ['NOT FALSE AND FALSE', false],
    ["NOT (name = 'Ada')", false],
    ['TRUE OR FALSE AND FALSE', true],
    ['FALSE AND TRUE OR TRUE', false],
    ['(FALSE AND TRUE) OR TRUE', true],
    ['TRUE XOR TRUE XOR TRUE', true],
    ["TRUE = name LIKE 'A%'", true],
    ["'aa' LIKE 'a_' AND 1 IN (1)", true],
    ['1 + 2 IN (2)', 2],
    ['((((3))))', 3],
  ])('%s is %s', (expression, value) => {
    expect(evaluate(expression, event)).toBe(value);
  });
});
