import { describe, expect, it } from '@jest/globals';
import type { RecordStore } from '@jetmesh/jetstream';
import { decodeRecord, type DeliveryRecord, encodeRecord, freshRecord } from './delivery-record.ts';
import { DeliveryRecords } from './delivery-records.ts';

/** A store that outlives the process that writes to it. */
function aStore() {
  const stored = new Map<string, { data: Buffer; sequence: number }>();
  let sequence = 0;
  const reads: string[] = [];
  const store: RecordStore = {
    read: (key) => {
      reads.push(key);
      return Promise.resolve(stored.get(key));
    },
    write: (key, data) => {
      sequence += 1;
      stored.set(key, { data, sequence });
      return Promise.resolve(sequence);
    },
    remove: (removed) => {
      for (const [key, record] of stored) if (record.sequence === removed) stored.delete(key);
    },
  };
  return { store, stored, reads };
}

function records(
  store: RecordStore,
  more: { hasRecordsInHeaders?: boolean; capacity?: number } = {},
) {
  return new DeliveryRecords({ triggerUid: 't', store, hasRecordsInHeaders: false, ...more });
}

function message(sequence: number, deliveryCount = 1, headers: readonly string[] = []) {
  return { stream: 's', sequence, deliveryCount, headers };
}

const attempted: DeliveryRecord = { attempts: 2, notBeforeMs: 5, exhausted: undefined };
const exhausted: DeliveryRecord = {
  attempts: 3,
  notBeforeMs: 0,
  exhausted: {
    reason: 'rejected',
    failure: { destination: 'http://a/', code: 400, data: Buffer.from([0, 255]) },
    attemptCount: 3,
    deadLetterAttempts: 1,
    sinceMs: 7,
  },
};

describe('DeliveryRecords', () => {
  it('knows nothing about a first delivery, without asking', () => {
    const { store, reads } = aStore();
    expect(records(store).recall(message(1))).toBe(freshRecord);
    expect(reads).toEqual([]);
  });

  it('recalls what it remembers without asking, also for a message that is still held', async () => {
    const { store, reads } = aStore();
    const own = records(store);
    await own.remember(message(1), attempted);
    expect(own.recall(message(1))).toBe(attempted);
    expect(own.recall(message(1, 2))).toBe(attempted);
    expect(reads).toEqual([]);
  });

  it.each([attempted, exhausted])('recalls after a restart %j', async (record) => {
    const { store } = aStore();
    await records(store).remember(message(1), record);
    expect(await records(store).recall(message(1, 2))).toEqual(record);
  });

  it('asks what another replica did in between', async () => {
    const { store } = aStore();
    const [own, other] = [records(store), records(store)];
    await own.remember(message(1), attempted);
    await other.remember(message(1, 2), exhausted);
    expect(await own.recall(message(1, 3))).toEqual(exhausted);
  });

  it('leaves nothing behind of what is settled', async () => {
    const { store, stored } = aStore();
    const own = records(store);
    await own.remember(message(1), attempted);
    own.forget(message(1));
    own.forget(message(2));
    expect(stored.size).toBe(0);
    expect(await own.recall(message(1, 2))).toBe(freshRecord);
  });

  it('removes what an earlier process wrote, too', async () => {
    const { store, stored } = aStore();
    await records(store).remember(message(1), attempted);
    const own = records(store);
    await own.recall(message(1, 2));
    own.forget(message(1));
    expect(stored.size).toBe(0);
  });

  it('keeps a bounded number in memory, and finds the others', async () => {
    const { store, reads } = aStore();
    const own = records(store, { capacity: 2 });
    for (const sequence of [1, 2, 3]) await own.remember(message(sequence), attempted);
    expect(own.recall(message(3, 2))).toBe(attempted);
    expect(await own.recall(message(1, 2))).toEqual(attempted);
    expect(reads).toHaveLength(1);
  });

  it('believes the headers of a stream that has them, and of no other', () => {
    const { store } = aStore();
    const expected = { attempts: 1, notBeforeMs: 99, exhausted: undefined };
    const text = encodeRecord(expected).toString('base64');
    const brought = message(1, 1, ['Jetmesh-Delivery-Record', text]);
    expect(records(store).recall(brought)).toBe(freshRecord);
    expect(records(store, { hasRecordsInHeaders: true }).recall(brought)).toEqual(expected);
  });
});

describe('encodeRecord', () => {
  it.each([freshRecord, attempted, exhausted])('is undone by decodeRecord: %j', (record) => {
    expect(decodeRecord(encodeRecord(record))).toEqual(record);
  });
});
