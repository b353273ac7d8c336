import { describe, expect, it } from '@jest/globals';
import type { StreamAdmin } from '@jetmesh/jetstream';
import { discardEvents } from './discard-events.ts';

/** A stream with messages 1 to 3. */
function aStream() {
  const there = new Set([1, 2, 3]);
  const admin = {
    deleteMessage: (_stream: string, sequence: number) => Promise.resolve(there.delete(sequence)),
  } as StreamAdmin;
  return { there, admin };
}

describe('discarding parked events', () => {
  it('removes each once and counts those that were there', async () => {
    const { there, admin } = aStream();
    const signal = new AbortController().signal;
    expect(await discardEvents({ admin }, 's', [1, 1, 3, 9], signal)).toBe(2);
    expect([...there]).toEqual([2]);
  });

  it('stops at Ctrl-C', async () => {
    const { there, admin } = aStream();
    await expect(discardEvents({ admin }, 's', [1], AbortSignal.abort())).rejects.toThrow();
    expect(there.size).toBe(3);
  });
});
