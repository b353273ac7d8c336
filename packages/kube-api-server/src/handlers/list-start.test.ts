import { describe, expect, it } from '@jest/globals';
import { encodeContinueToken } from './continue-token.ts';
import { readListStart } from './list-start.ts';

const token = encodeContinueToken({ revision: 5, after: 'a' });

describe('readListStart', () => {
  it.each([
    ['', { revision: 9, after: undefined }],
    ['resourceVersion=0', { revision: 9, after: undefined }],
    ['resourceVersion=7', { revision: 9, after: undefined }],
    ['resourceVersion=7&resourceVersionMatch=NotOlderThan', { revision: 9, after: undefined }],
    ['resourceVersion=7&resourceVersionMatch=Exact', { revision: 7, after: undefined }],
    [`continue=${token}`, { revision: 5, after: 'a' }],
  ])('of %p', (query, start) => {
    expect(readListStart(new URLSearchParams(query), 9)).toEqual(start);
  });

  it.each([
    ['resourceVersion=10', 'Timeout: Too large resource version: 10, current: 9'],
    ['resourceVersion=x', 'invalid resource version'],
    ['resourceVersionMatch=Exact', 'forbidden unless resourceVersion is provided'],
    ['continue=x', 'continue key is not valid'],
  ])('refuses %p', (query, message) => {
    expect(() => readListStart(new URLSearchParams(query), 9)).toThrow(message);
  });
});
