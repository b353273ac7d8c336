import { describe, expect, it } from '@jest/globals';
import { readAttributes } from './read-attributes.ts';

describe('readAttributes', () => {
  it('takes an object of texts', () => {
    expect(readAttributes('{"type":"a","source":""}')).toEqual(
      new Map([
        ['type', 'a'],
        ['source', ''],
      ]),
    );
  });

  it.each(['', '{', 'null', '[]', '"a"', '7', '{"a":1}', '{"a":null}'])(
    'takes %j for nothing',
    (text) => expect(readAttributes(text)).toBeUndefined(),
  );
});
