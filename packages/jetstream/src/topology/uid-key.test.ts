import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uidKey } from './uid-key.ts';

const nastyUid = fc.string({ unit: fc.constantFrom('a', 'B', '-', '_', '.', '*', '>', ' ', 'é') });

describe('uidKey', () => {
  it('leaves a UUID readable', () => {
    const uid = '0d2f7c1e-6f7f-4f9e-8f3c-2b9d5d5c0a11';
    expect(uidKey(uid)).toBe(uid);
  });

  it('is legal in subjects and names, and bounded, for any UID', () => {
    fc.assert(
      fc.property(fc.oneof(nastyUid, fc.string()), (uid) => {
        expect(uidKey(uid)).toMatch(/^[A-Za-z0-9_-]{1,65}$/);
      }),
    );
  });

  it('tells any two UIDs apart', () => {
    fc.assert(
      fc.property(nastyUid, nastyUid, (one, other) => {
        expect(uidKey(one) === uidKey(other)).toBe(one === other);
      }),
    );
  });

  it('gives no plain UID the key of a hashed one', () => {
    expect(uidKey(uidKey('a.b'))).not.toBe(uidKey('a.b'));
  });
});
