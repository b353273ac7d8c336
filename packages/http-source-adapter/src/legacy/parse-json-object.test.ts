import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJsonObject } from './parse-json-object.ts';

describe('parseJsonObject', () => {
  it.each([
    ['{}', {}],
    ['null', {}],
    [' \n{ "a" : 1 }', { a: '1' }],
    ['{"data":12345678901234567890.10}', { data: '12345678901234567890.10' }],
    [
      '{"data":{ "x" : [1, {"y":"}"}] },"b":"\\"}"}',
      { data: '{ "x" : [1, {"y":"}"}] }', b: '"\\"}"' },
    ],
    ['{"a":1,"A":2}', { a: '2' }],
    ['{"Event-Type":"x"}', { 'event-type': '"x"' }],
    ['{"\\u0061":true,"b":null}', { a: 'true', b: 'null' }],
    ['{"a":1} trailing', { a: '1' }],
    ['{"a":"ü🎉"}{"a":2}', { a: '"ü🎉"' }],
  ])('splits %j', (text, members) => {
    const parsed = parseJsonObject(text);
    expect(parsed.kind === 'object' && Object.fromEntries(parsed.members)).toEqual(members);
  });

  it.each([
    '',
    ' ',
    '{',
    '{"a":',
    '{"a":1',
    '{a:1}',
    '{"a":01}',
    '"',
    '{"a":"\u0001"}',
    'nul',
    '{]',
  ])('reports %j as malformed in the words of the JSON parser', (text) => {
    expect(parseJsonObject(text)).toEqual({
      kind: 'malformed',
      reason: expect.stringContaining('JSON'),
    });
  });

  it.each(['[]', '"text"', '7', 'true'])('refuses %j, which is no object', (text) => {
    const reason = 'the event must be a JSON object';
    expect(parseJsonObject(text)).toEqual({ kind: 'malformed', reason });
  });

  it('keeps the text of every member of any object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(3), (object, indent) => {
        const parsed = parseJsonObject(JSON.stringify(object, undefined, indent));
        const members = parsed.kind === 'object' ? [...parsed.members] : [];
        const expected = new Map(
          Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]),
        );
        expect(new Map(members.map(([name, value]) => [name, JSON.parse(value)]))).toEqual(
          new Map([...expected].map(([name, value]) => [name, JSON.parse(JSON.stringify(value))])),
        );
      }),
    );
  });
});
