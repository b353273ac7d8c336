import { describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '@jetmesh/cloudevents-http';
import { idempotentMessageId, MessageIds } from './message-ids.ts';

const from = (source: string): CloudEvent => ({
  attributes: new Map([['source', source]]),
  data: undefined,
});

describe('MessageIds', () => {
  it('never makes the same id twice, nor that of another process', () => {
    const [a, b] = [new MessageIds(), new MessageIds()];
    const ids = Array.from({ length: 100 }, () => [a.fresh(), b.fresh()]).flat();
    expect(new Set(ids).size).toBe(200);
  });
});

describe('idempotentMessageId', () => {
  const original = idempotentMessageId('broker', from('/s'), 'key', 0);

  it('is the same for a repetition', () => {
    expect(idempotentMessageId('broker', from('/s'), 'key', 0)).toBe(original);
  });

  it.each([
    ['another Broker', idempotentMessageId('other', from('/s'), 'key', 0)],
    ['another source', idempotentMessageId('broker', from('/other'), 'key', 0)],
    ['another key', idempotentMessageId('broker', from('/s'), 'other', 0)],
    ['another event of the batch', idempotentMessageId('broker', from('/s'), 'key', 1)],
  ])('differs for %s', (_case, id) => {
    expect(id).not.toBe(original);
  });
});
