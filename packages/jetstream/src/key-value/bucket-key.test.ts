import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyOfToken, keyToken } from './bucket-key.ts';

const key = fc.string({
  unit: fc.constantFrom('a', '/', '.', '*', '>', ' ', '=', ':', 'é', '😀', '4', 'F'),
  minLength: 1,
});

describe('keyToken', () => {
  it('leaves an ordinary key readable', () => {
    expect(keyToken('/brokers/shop/default-1')).toBe('/brokers/shop/default-1');
  });

  it('is one legal token, and says the key again', () => {
    fc.assert(
      fc.property(key, (text) => {
        expect(keyToken(text)).toMatch(/^[A-Za-z0-9_/=-]+$/);
        expect(keyOfToken(keyToken(text))).toBe(text);
      }),
    );
  });

  it('refuses a key that no subject can hold', () => {
    expect(() => keyToken('')).toThrow();
    expect(() => keyToken('a'.repeat(3_000))).toThrow('too long');
  });
});
