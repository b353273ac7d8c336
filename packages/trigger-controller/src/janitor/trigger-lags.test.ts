import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import type { ConsumerState, StoredMessage, StreamSummary } from '@jetmesh/jetstream';
import { consumerFamilyOf } from '../trigger/consumer-owner.ts';
import { byConsumerFamily } from './orphans.ts';
import { triggerLags } from './trigger-lags.ts';

const stream = { name: 'S', firstSequence: 10, firstTimestampMs: 1_000 } as StreamSummary;
const triggers = Array.from({ length: 102 }, (_, index): Trigger => {
  const metadata = { name: `t${index}`, namespace: 'shop', uid: `u${index}` };
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata,
    spec: { subscriber: {} },
  };
});

function consumer(index: number, changes: Partial<ConsumerState>): ConsumerState {
  const settled = { numPending: 0, numAckPending: 0, ackFloorStreamSequence: 20 };
  return { name: consumerFamilyOf(`u${index}`), ...settled, ...changes } as ConsumerState;
}

/** Messages of which each is stored at its sequence times 100 ms; 30 is not there. */
const admin = {
  readMessage: (_stream: string, sequence: number) =>
    Promise.resolve(
      sequence === 30 ? undefined : ({ timestampMs: sequence * 100 } as StoredMessage),
    ),
};

describe('triggerLags', () => {
  it.each<[string, Partial<ConsumerState>, number, number | undefined]>([
    ['is idle', {}, 0, undefined],
    ['has events pending', { numPending: 3 }, 3, 2_100],
    ['has events open too', { numPending: 3, numAckPending: 2 }, 5, 2_100],
    ['has settled nothing yet', { numPending: 1, ackFloorStreamSequence: 0 }, 1, 1_000],
    ['has its oldest purged', { numPending: 1, ackFloorStreamSequence: 29 }, 1, undefined],
  ])('of a Trigger that %s', async (_case, changes, pendingCount, oldestStoredAtMs) => {
    const consumers = [consumer(0, changes), { ...consumer(0, changes), name: 'debugging' }];
    const lags = await triggerLags(stream, consumers, byConsumerFamily(triggers), admin);
    expect(lags).toEqual([{ namespace: 'shop', trigger: 't0', pendingCount, oldestStoredAtMs }]);
  });

  it('reads a hundred events at most, and takes the oldest of the stream for the others', async () => {
    const consumers = triggers.map((_, index) => consumer(index, { numPending: 1 }));
    const lags = await triggerLags(stream, consumers, byConsumerFamily(triggers), admin);
    const ages = lags.map(({ oldestStoredAtMs }) => oldestStoredAtMs);
    expect(ages.filter((age) => age === 2_100)).toHaveLength(100);
    expect(ages.filter((age) => age === 1_000)).toHaveLength(2);
  });
});
