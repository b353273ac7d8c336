import { describe, expect, it } from '@jest/globals';
import { decodeContinueToken, encodeContinueToken } from './continue-token.ts';

describe('continue tokens', () => {
  it('carry a revision and a key', () => {
    const token = { revision: 12, after: 'shop/a' };
    expect(decodeContinueToken(encodeContinueToken(token))).toEqual(token);
  });

  it.each([
    'nonsense',
    '',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('["a",1]').toString('base64url'),
  ])('that were not given are known: %p', (text) => {
    expect(decodeContinueToken(text)).toBeUndefined();
  });
});
