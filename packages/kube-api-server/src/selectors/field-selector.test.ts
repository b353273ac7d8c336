import { describe, expect, it } from '@jest/globals';
import { parseFieldSelector } from './field-selector.ts';

describe('parseFieldSelector', () => {
  it.each([
    ['', []],
    ['metadata.name=a', [{ field: 'metadata.name', isEqual: true, value: 'a' }]],
    ['metadata.name==a', [{ field: 'metadata.name', isEqual: true, value: 'a' }]],
    ['metadata.name!=a', [{ field: 'metadata.name', isEqual: false, value: 'a' }]],
    [
      'a=x\\,y,b=',
      [
        { field: 'a', isEqual: true, value: 'x,y' },
        { field: 'b', isEqual: true, value: '' },
      ],
    ],
  ])('of %p', (text, terms) => {
    expect(parseFieldSelector(text)).toEqual({ kind: 'parsed', terms });
  });

  it('refuses a term without an operator', () => {
    expect(parseFieldSelector('metadata.name')).toEqual({
      kind: 'invalid',
      message: "invalid selector: 'metadata.name'; can't understand 'metadata.name'",
    });
  });
});
