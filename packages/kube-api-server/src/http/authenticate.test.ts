import { describe, expect, it } from '@jest/globals';
import { isAuthenticated } from './authenticate.ts';

describe('isAuthenticated', () => {
  it.each([
    [undefined, undefined, true],
    ['Bearer anything', undefined, true],
    ['Bearer right', 'right', true],
    ['bearer right', 'right', true],
    ['Bearer wrong', 'right', false],
    ['Basic right', 'right', false],
    ['Bearer', 'right', false],
    [undefined, 'right', false],
  ])('of %p with the token %p', (authorization, token, isIn) => {
    expect(isAuthenticated(authorization, token)).toBe(isIn);
  });
});
