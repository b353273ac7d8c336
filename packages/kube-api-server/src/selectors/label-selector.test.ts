import { describe, expect, it } from '@jest/globals';
import { parseLabelSelector } from './label-selector.ts';

const labels = { app: 'orders', tier: 'one', size: '10', 'example.com/x': '' };

function matches(selector: string): boolean | string {
  const parsed = parseLabelSelector(selector);
  return parsed.kind === 'parsed' ? parsed.matches(labels) : parsed.message;
}

describe('parseLabelSelector', () => {
  it.each([
    ['', true],
    ['app=orders', true],
    ['app==orders', true],
    ['app = orders , tier=one', true],
    ['app=parcels', false],
    ['app!=parcels', true],
    ['none!=x', true],
    ['none=', false],
    ['app', true],
    ['!app', false],
    ['!none', true],
    ['app in (orders, parcels)', true],
    ['app in (parcels)', false],
    ['app notin (parcels)', true],
    ['none notin (a)', true],
    ['example.com/x in ()', true],
    ['example.com/x in (a,)', true],
    ['example.com/x=', true],
    ['size>9', true],
    ['size<9', false],
    ['none>1', false],
    ['in in (in)', false],
  ])('of %p', (selector, expected) => {
    expect(matches(selector)).toBe(expected);
  });

  it.each([
    ['app=a,,b=c', "found ',', expected: identifier after ','"],
    ['app,', "found '', expected: identifier after ','"],
    [',app', "found ',', expected: !, identifier, or 'end of string'"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a=b=c', "found '=', expected: ',' or 'end of string'"],
    ['!a=b', "found '=', expected: ',' or 'end of string'"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    [
      'a>x',
      `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
    ],
  ])('refuses %p in the words of the API', (selector, message) => {
    expect(matches(selector)).toBe(message);
  });

  it.each(['-a', 'a=%', 'x/', 'a in (-)'])('refuses the syntax of %p', (selector) => {
    expect(matches(selector)).toContain('unable to parse requirement: ');
  });
});
