import { describe, expect, it } from '@jest/globals';
import { duplicateFields } from './duplicate-fields.ts';

describe('duplicateFields', () => {
  it.each([
    ['{}', []],
    ['{"a":1,"b":{"a":2}}', []],
    ['{"a":1,"a":2}', ['a']],
    ['{ "spec" : { "x" : [ { "y" : 1 , "y" : 2 } ] } }', ['spec.x[0].y']],
    ['{"a":"\\"a\\":1","b":[1,true,null,-1.5e3,"x"],"c":[[],{}]}', []],
    ['{"a":{"b":1,"b":{"c":1,"c":2}},"a":3}', ['a.b', 'a.b.c', 'a']],
    ['{"\\u0061":1,"a":2}', ['a']],
  ])('of %s', (text, paths) => {
    expect(duplicateFields(text)).toEqual(paths);
  });
});
