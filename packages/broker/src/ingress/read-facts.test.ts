import { describe, expect, it } from '@jest/globals';
import { readFacts } from './read-facts.ts';

describe('readFacts', () => {
  it.each([
    ['no body', ['Host', 'x'], { contentLength: 0, idempotencyKey: undefined }],
    ['a length', ['Content-Length', '12'], { contentLength: 12, idempotencyKey: undefined }],
    [
      'a chunked body and a key',
      ['transfer-encoding', 'chunked', 'IDEMPOTENCY-KEY', 'k'],
      { contentLength: undefined, idempotencyKey: 'k' },
    ],
    [
      'names of the same length',
      ['content-lengxx', '9', 'idempotency-kex', 'k', 'transfer-encodinx', 'chunked'],
      { contentLength: 0, idempotencyKey: undefined },
    ],
  ])('reads %s', (_case, rawHeaders, facts) => {
    expect(readFacts(rawHeaders)).toEqual(facts);
  });
});
