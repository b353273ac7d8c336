import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecordStore, Outbox, type RecordStore } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import {
  generousLimits,
  startJetStream,
  stopAll,
  type JetStreamFixture,
} from './jetstream-fixture.ts';

describe('RecordStore', () => {
  let fixture: JetStreamFixture;
  let outbox: Outbox;
  let store: RecordStore;

  beforeAll(async () => {
    fixture = await startJetStream();
    outbox = new Outbox(fixture.connection, generousLimits);
    store = createRecordStore(fixture.connection, outbox, 'NOTES');
  });
  afterAll(async () => {
    await outbox.close();
    await stopAll();
  });

  it('keeps the newest record of a key, and none of others', async () => {
    expect(await store.read('trigger/stream/1')).toBeUndefined();
    await store.write('trigger/stream/1', Buffer.from('one'));
    const sequence = await store.write('trigger/stream/1', Buffer.from('two'));
    const record = await store.read('trigger/stream/1');
    expect(record).toEqual({ data: Buffer.from('two'), sequence });
    expect(await store.read('trigger/stream/2')).toBeUndefined();
    expect((await fixture.admin.streamState('JETMESH_NOTES'))?.messages).toBe(1);
  });

  it('removes what is not needed any more', async () => {
    const sequence = await store.write('key', Buffer.from('one'));
    store.remove(sequence ?? 0);
    await eventually(async () => (await store.read('key')) === undefined);
  });
});
