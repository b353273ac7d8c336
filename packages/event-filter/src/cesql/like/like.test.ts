import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileExpression } from '../compile-expression.ts';
import { compilePattern } from './compile-pattern.ts';

describe('a pattern of LIKE', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['abc', 'abc', true],
    ['abc', 'Abc', false],
    ['abc', 'abcd', false],
    ['%', '', true],
    ['%', 'anything\nat all', true],
    ['%%', '', true],
    ['a%', 'a', true],
    ['a%', 'abc', true],
    ['a%', 'ba', false],
    ['%c', 'abc', true],
    ['%c', 'cb', false],
    ['%b%', 'abc', true],
    ['%b%', 'ac', false],
    ['a%a', 'a', false],
    ['a%a', 'aa', true],
    ['a%b%c', 'a__b__c', true],
    ['a%b%c', 'acb', false],
    ['ab%bc', 'abc', false],
    ['%ab%ab%', 'abab', true],
    ['%ab%ab%', 'aab', false],
    ['_', 'a', true],
    ['_', '', false],
    ['_', 'ab', false],
    ['_', '🎉', true],
    ['_', '\n', true],
    ['__', '🎉', false],
    ['a_c', 'abc', true],
    ['a_c', 'ac', false],
    ['_%', 'abc', true],
    ['_%', '', false],
    ['%_', 'abc', true],
    ['%a_c%', 'xxaxcaycx', true],
    ['%_b', 'ab', true],
    ['%_b', 'b', false],
    ['\\%', '%', true],
    ['\\%', 'a', false],
    ['\\_', '_', true],
    ['\\_', 'a', false],
    ['100\\%%', '100% sure', true],
    ['a\\b', 'a\\b', true],
    ['a\\\\b', 'a\\\\b', true],
    ['\\\\%', '\\%', true],
    ['\\\\%', '\\x', false],
    ['end\\', 'end\\', true],
    ['.*', 'abc', false],
    ['[a-z]', 'a', false],
    ['a%b_d%f', 'a-b.d-f', true],
  ])('%j takes %j: %s', (pattern, text, isTaken) => {
    expect(compilePattern(pattern)(text)).toBe(isTaken);
  });

  it.each([
    ["1234 LIKE '12%'", true],
    ["TRUE LIKE 't__e'", true],
    ["name like 'A%'", true],
    ["name NOT LIKE 'A%'", false],
    ["'it\\'s' LIKE 'it\\'%'", true],
    ["'50%' LIKE '50\\%'", true],
    ["'505' LIKE '50\\%'", false],
  ])('%s is %s', (expression, value) => {
    const result = compileExpression(expression);
    const attributes = new Map([['name', 'Ada']]);
    expect(result.kind === 'compiled' && result.evaluate(attributes)).toBe(value);
  });

  it('is what the regular expression of the same meaning takes', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '🎉'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '🎉', '%', '_'), maxLength: 6 });
    fc.assert(
      fc.property(text, pattern, (someText, somePattern) => {
        const source = somePattern.replaceAll('%', '.*').replaceAll('_', '.');
        const expected = new RegExp(`^${source}$`, 'su').test(someText);
        expect(compilePattern(somePattern)(someText)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes bounded time for a pattern that makes regular expressions explode', () => {
    const text = 'a'.repeat(5000);
    expect(compilePattern(`${'%a'.repeat(40)}%b`)(text)).toBe(false);
    expect(compilePattern(`${'%a_'.repeat(40)}%b`)(text)).toBe(false);
  });
});
