import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  consumerConfig,
  consumerName,
  deadLetterStreamConfig,
  deadLetterStreamName,
  filterSubjects,
  JetStreamAdminError,
  MessagePuller,
  Outbox,
  streamConfig,
  type ConsumerConfig,
  type SubjectNarrowing,
} from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import {
  aConsumer,
  aMessage,
  aStream,
  generousLimits,
  startJetStream,
  stopAll,
  testSettings,
  type JetStreamFixture,
  type TestBroker,
} from './jetstream-fixture.ts';

let fixture: JetStreamFixture;
let outbox: Outbox;

beforeAll(async () => {
  fixture = await startJetStream();
  outbox = new Outbox(fixture.connection, generousLimits);
});

afterAll(async () => {
  await outbox.close();
  await stopAll();
});

function ofType(...types: string[]): SubjectNarrowing {
  return new Map([['type', types.map((value) => ({ kind: 'exact', value }) as const)]]);
}

function configFor(
  broker: TestBroker,
  triggerUid: string,
  narrowing: SubjectNarrowing,
): ConsumerConfig {
  const { features } = fixture.connection;
  return consumerConfig(
    triggerUid,
    filterSubjects(broker.uid, narrowing, features),
    { maxAckPending: 100, ackWaitMs: 30_000, start: { kind: 'new' } },
    features,
  );
}

async function publish(broker: TestBroker, type: string, count = 1): Promise<void> {
  for (let index = 0; index < count; index++) {
    const outcome = await outbox.publish(aMessage(broker, { type }));
    expect(outcome.kind).toBe('stored');
  }
}

describe('ensureStream', () => {
  it('creates a stream, leaves it alone, and changes what can be changed', async () => {
    const uid = randomUUID();
    const ensure = (settings = {}) =>
      fixture.admin.ensureStream(streamConfig(uid, testSettings(settings)));
    expect(await ensure()).toEqual({ kind: 'created' });
    expect(await ensure()).toEqual({ kind: 'unchanged' });
    expect(await ensure({ maxBytes: 32 * 1024 ** 2, maxAgeMs: 3_600_000 })).toEqual({
      kind: 'updated',
    });
    expect(await ensure({ maxBytes: 32 * 1024 ** 2, maxAgeMs: 3_600_000 })).toEqual({
      kind: 'unchanged',
    });
  });

  it('changes the rest when the storage cannot be changed, and says so', async () => {
    const uid = randomUUID();
    await fixture.admin.ensureStream(streamConfig(uid, testSettings()));
    const wanted = streamConfig(uid, testSettings({ storage: 'memory', maxAgeMs: 3_600_000 }));
    expect(await fixture.admin.ensureStream(wanted)).toEqual({
      kind: 'immutable',
      fields: ['storage'],
    });
    const again = streamConfig(uid, testSettings({ storage: 'file', maxAgeMs: 3_600_000 }));
    expect(await fixture.admin.ensureStream(again)).toEqual({ kind: 'unchanged' });
  });

  it('changes the retention where the server can, else says that it cannot', async () => {
    const uid = randomUUID();
    await fixture.admin.ensureStream(streamConfig(uid, testSettings({ retention: 'consumed' })));
    const wanted = streamConfig(uid, testSettings({ retention: 'kept', maxAgeMs: 3_600_000 }));
    const result = await fixture.admin.ensureStream(wanted);
    expect([{ kind: 'updated' }, { kind: 'immutable', fields: ['retention'] }]).toContainEqual(
      result,
    );
    const settled = await fixture.admin.ensureStream(wanted);
    expect(settled).toEqual(result.kind === 'updated' ? { kind: 'unchanged' } : result);
  });

  it('makes dead letter streams, and lists only what is ours', async () => {
    const broker = await aStream(fixture, { retention: 'kept' });
    await fixture.admin.ensureStream(deadLetterStreamConfig(broker.uid, testSettings()));
    const foreign = { name: `FOREIGN_${broker.uid}`, subjects: [`foreign.${broker.uid}`] };
    await fixture.connection.port.request(
      `$JS.API.STREAM.CREATE.${foreign.name}`,
      Buffer.from(JSON.stringify(foreign)),
      { timeoutMs: 2_000 },
    );
    const streams = await fixture.admin.listStreams();
    const names = streams.map(({ name }) => name);
    expect(names).toContain(broker.stream);
    expect(names).toContain(deadLetterStreamName(broker.uid));
    expect(names).not.toContain(foreign.name);
    expect(streams.find(({ name }) => name === broker.stream)).toMatchObject({
      messages: 0,
      retention: 'kept',
      maxBytes: testSettings().maxBytes,
    });
  });
});

describe('ensureConsumer', () => {
  it('creates a consumer, leaves it alone, and changes its settings', async () => {
    const broker = await aStream(fixture);
    const config = configFor(broker, randomUUID(), ofType('a.b'));
    expect(await fixture.admin.ensureConsumer(broker.stream, config)).toEqual({ kind: 'created' });
    expect(await fixture.admin.ensureConsumer(broker.stream, config)).toEqual({
      kind: 'unchanged',
    });
    const patient = { ...config, ack_wait: 60e9, deliver_policy: 'all' as const };
    expect(await fixture.admin.ensureConsumer(broker.stream, patient)).toEqual({ kind: 'updated' });
    expect(await fixture.admin.ensureConsumer(broker.stream, patient)).toEqual({
      kind: 'unchanged',
    });
  });

  it.each([
    ['everything', new Map()],
    ['one type', ofType('a.b')],
    ['several types', ofType('a.b', 'a.c', 'd')],
    ['nothing', ofType()],
  ])('is stable for a filter for %s', async (_, narrowing) => {
    const broker = await aStream(fixture);
    const config = configFor(broker, randomUUID(), narrowing);
    expect(await fixture.admin.ensureConsumer(broker.stream, config)).toEqual({ kind: 'created' });
    expect(await fixture.admin.ensureConsumer(broker.stream, config)).toEqual({
      kind: 'unchanged',
    });
  });

  it('delivers by a changed filter from where the consumer was', async () => {
    const broker = await aStream(fixture, { retention: 'kept' });
    const triggerUid = randomUUID();
    const first = configFor(broker, triggerUid, ofType('a'));
    await fixture.admin.ensureConsumer(broker.stream, first);
    await publish(broker, 'b', 3);
    const second = configFor(broker, triggerUid, ofType('b'));
    const result = await fixture.admin.ensureConsumer(broker.stream, second);
    expect(result.kind).toBe(fixture.connection.features.filterUpdates ? 'updated' : 'created');
    await publish(broker, 'a');
    await publish(broker, 'b', 2);
    const seen: number[] = [];
    const puller = new MessagePuller(fixture.connection);
    puller.open({
      stream: broker.stream,
      consumer: second.durable_name,
      maxUnsettled: 10,
      maxUnsettledBytes: 1e6,
      onMessage(message) {
        seen.push(message.sequence);
        message.ack();
      },
    });
    await eventually(() => seen.includes(6));
    // In place, events since the position that match only now come too; the successor starts at the end.
    expect(seen).toEqual(result.kind === 'updated' ? [1, 2, 3, 5, 6] : [5, 6]);
    await puller.close();
  });

  it('lets a consumer of another name go on where its predecessor has work left', async () => {
    const broker = await aStream(fixture);
    const old = { ...fixture.connection.features, filterUpdates: false };
    const triggerUid = randomUUID();
    const subjects = (type: string) => filterSubjects(broker.uid, ofType(type), old);
    const settings = { maxAckPending: 100, ackWaitMs: 30_000, start: { kind: 'new' } } as const;
    const first = consumerConfig(triggerUid, subjects('a'), settings, old);
    await fixture.admin.ensureConsumer(broker.stream, first);
    await publish(broker, 'a', 3);
    const second = consumerConfig(
      triggerUid,
      filterSubjects(broker.uid, new Map(), old),
      settings,
      old,
    );
    expect(second.durable_name).not.toBe(first.durable_name);
    await fixture.admin.ensureConsumer(broker.stream, second);
    const state = await fixture.admin.consumerState(broker.stream, second.durable_name);
    expect(state?.numPending).toBe(3);
  });

  it('keeps the position of a consumer that has delivered nothing over a crash', async () => {
    const own = await startJetStream();
    const broker = await aStream(own, { retention: 'kept' });
    const ownOutbox = new Outbox(own.connection, generousLimits);
    await ownOutbox.publish(aMessage(broker));
    const { consumer } = await aConsumer(own, broker);
    await ownOutbox.publish(aMessage(broker));
    await own.server.kill('SIGKILL');
    await own.server.restart();
    const state = await eventually(() => own.admin.consumerState(broker.stream, consumer));
    expect(state).toMatchObject({ numPending: 1, ackFloorStreamSequence: 1, numAckPending: 0 });
  });
});

describe('StreamAdmin', () => {
  it('reads, purges and deletes messages', async () => {
    const broker = await aStream(fixture, { retention: 'kept' });
    await publish(broker, 'a', 5);
    const { admin } = fixture;
    expect(await admin.streamState(broker.stream)).toMatchObject({
      messages: 5,
      firstSequence: 1,
      lastSequence: 5,
    });
    expect(await admin.purgeUpTo(broker.stream, 2)).toBe(2);
    expect(await admin.readMessage(broker.stream, 2)).toBeUndefined();
    const message = await admin.readMessage(broker.stream, 3);
    expect(message).toMatchObject({ sequence: 3, data: Buffer.from('x') });
    expect(message?.headers).toContain('ce-type');
    expect(message?.headers).not.toContain('Nats-Msg-Id');
    expect(Math.abs(Date.now() - (message?.timestampMs ?? 0))).toBeLessThan(60_000);
    expect(await admin.deleteMessage(broker.stream, 4)).toBe(true);
    expect(await admin.deleteMessage(broker.stream, 4)).toBe(false);
    expect(await admin.deleteMessage(broker.stream, 99)).toBe(false);
    expect((await admin.streamState(broker.stream))?.messages).toBe(2);
  });

  it('lists and deletes consumers, and answers for what is not there', async () => {
    const broker = await aStream(fixture);
    const { admin } = fixture;
    const { consumer } = await aConsumer(fixture, broker, { narrowing: ofType('a') });
    const [listed] = await admin.listConsumers(broker.stream);
    expect(listed).toMatchObject({ name: consumer, numWaiting: 0, numPending: 0 });
    expect(listed?.filterSubjects).toEqual([expect.stringMatching(/^ceb\..*\.a$/)]);
    expect(
      await admin.consumerState(
        broker.stream,
        consumerName('other', [], fixture.connection.features),
      ),
    ).toBeUndefined();
    expect(await admin.deleteConsumer(broker.stream, consumer)).toBe(true);
    expect(await admin.deleteConsumer(broker.stream, consumer)).toBe(false);
    expect(await admin.deleteStream(broker.stream)).toBe(true);
    expect(await admin.deleteStream(broker.stream)).toBe(false);
    expect(await admin.streamState(broker.stream)).toBeUndefined();
    expect(await admin.consumerState(broker.stream, consumer)).toBeUndefined();
  });

  it('follows long listings to their end', async () => {
    const broker = await aStream(fixture);
    const uids = Array.from({ length: 270 }, () => randomUUID());
    await Promise.all(uids.map((triggerUid) => aConsumer(fixture, broker, { triggerUid })));
    const names = (await fixture.admin.listConsumers(broker.stream)).map(({ name }) => name);
    expect(new Set(names).size).toBe(270);
  });

  it('fails with the server code of an error', async () => {
    const config = { ...streamConfig(randomUUID(), testSettings()), num_replicas: 3 };
    await expect(fixture.admin.ensureStream(config)).rejects.toMatchObject({
      code: 'api-error',
      apiErrorCode: 10074,
    });
  });

  it('fails for a name that would end the connection, and keeps it', async () => {
    await expect(fixture.admin.streamState('a b')).rejects.toMatchObject({ code: 'api-error' });
    await expect(fixture.admin.deleteConsumer('a', 'b\r\nc')).rejects.toMatchObject({
      code: 'api-error',
    });
    expect(await fixture.admin.streamState('NONE')).toBeUndefined();
    expect(fixture.connection.isConnected).toBe(true);
  });

  it('fails at once while the connection is down', async () => {
    const own = await startJetStream();
    await own.server.kill('SIGKILL');
    await eventually(() => !own.connection.isConnected);
    const call = own.admin.streamState('ANY');
    await expect(call).rejects.toBeInstanceOf(JetStreamAdminError);
    await expect(call).rejects.toMatchObject({ code: 'not-connected' });
  });
});
