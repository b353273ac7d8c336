import { describe, expect, it } from '@jest/globals';
import type { PublishOutcome } from '@jetmesh/jetstream';
import { answerTo, answerToBatch } from './answer-to.ts';

const stored: PublishOutcome = { kind: 'stored', stream: 's', sequence: 1, isDuplicate: false };
const full: PublishOutcome = { kind: 'stream-full' };
const tooLarge: PublishOutcome = { kind: 'too-large', limitBytes: 100 };
const unavailable = (reason: 'disconnected' | 'deadline' | 'overloaded'): PublishOutcome => ({
  kind: 'unavailable',
  reason,
});

describe('answerTo', () => {
  it.each<[string, PublishOutcome, number, boolean]>([
    ['a stored event', stored, 202, false],
    ['a duplicate of a stored event', { ...stored, isDuplicate: true }, 202, false],
    ['a full stream', full, 507, false],
    ['an event larger than NATS takes', tooLarge, 413, false],
    ['a missing stream', { kind: 'no-stream' }, 503, true],
    ['a refusal of JetStream', { kind: 'refused', detail: 'no leader' }, 503, true],
    ['no connection', unavailable('disconnected'), 503, true],
    ['an unknown outcome', unavailable('deadline'), 503, true],
    ['back-pressure', unavailable('overloaded'), 503, true],
  ])('%s', (_case, outcome, code, hasRetryAfter) => {
    const answer = answerTo(outcome);
    expect(answer.code).toBe(code);
    expect(answer.headers?.includes('Retry-After') ?? false).toBe(hasRetryAfter);
  });
});

describe('answerToBatch', () => {
  it('is 202 when all are stored, and for an empty batch', () => {
    expect(answerToBatch([stored, stored])).toEqual({ code: 202 });
    expect(answerToBatch([])).toEqual({ code: 202 });
  });

  it('says which events were not stored, with the code that invites to try again', () => {
    const answer = answerToBatch([stored, tooLarge, full, unavailable('overloaded')]);
    expect(answer.code).toBe(507);
    expect(answer.body).toMatchObject({
      error: '3 of 4 events were not stored',
      failed: [
        { index: 1, code: 413 },
        { index: 2, code: 507 },
        { index: 3, code: 503 },
      ],
    });
  });
});
