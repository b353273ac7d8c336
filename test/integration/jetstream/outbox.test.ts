import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deadLetterSubject, Outbox } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import {
  aMessage,
  aStream,
  generousLimits,
  startJetStream,
  stopAll,
  type JetStreamFixture,
  type TestBroker,
} from './jetstream-fixture.ts';
import { pause } from './pull-fixture.ts';

let fixture: JetStreamFixture;
let outbox: Outbox;

beforeAll(async () => {
  fixture = await startJetStream({ config: 'max_payload: 128KB' });
  outbox = new Outbox(fixture.connection, generousLimits);
});

afterAll(async () => {
  await outbox.close();
  await stopAll();
});

function kept(settings = {}): Promise<TestBroker> {
  return aStream(fixture, { retention: 'kept', ...settings });
}

describe('Outbox', () => {
  it('tells where a message is stored, byte for byte', async () => {
    const broker = await kept();
    const data = Buffer.from([0, 255, 13, 10, 128]);
    const message = {
      ...aMessage(broker, { data }),
      headers: ['ce-name', 'caf\u00c3\u00a9', 'x', ' a: b '],
    };
    expect(await outbox.publish(message)).toEqual({
      kind: 'stored',
      stream: broker.stream,
      sequence: 1,
      isDuplicate: false,
    });
    const stored = await fixture.admin.readMessage(broker.stream, 1);
    expect(stored).toMatchObject({ subject: message.subject, headers: message.headers, data });
  });

  it('stores one id once, and says so', async () => {
    const broker = await kept();
    const message = aMessage(broker, { id: 'the-same' });
    await outbox.publish(message);
    await outbox.publish(aMessage(broker));
    expect(await outbox.publish(message)).toMatchObject({ sequence: 1, isDuplicate: true });
  });

  it('keeps the order of one turn, and matches a thousand answers to their publishes', async () => {
    const broker = await kept();
    const outcomes = await Promise.all(
      Array.from({ length: 1000 }, () => outbox.publish(aMessage(broker))),
    );
    expect(outcomes.map((outcome) => outcome.kind === 'stored' && outcome.sequence)).toEqual(
      Array.from({ length: 1000 }, (_, index) => index + 1),
    );
    expect(outbox.outstandingCount).toBe(0);
    expect(outbox.outstandingBytes).toBe(0);
  });

  it('refuses when the stream is full, and deletes nothing', async () => {
    const broker = await kept({ maxBytes: 20_000 });
    const data = Buffer.alloc(4_000);
    const kinds: string[] = [];
    for (let index = 0; index < 8; index++) {
      kinds.push((await outbox.publish(aMessage(broker, { data }))).kind);
    }
    const storedCount = kinds.filter((kind) => kind === 'stored').length;
    expect(kinds.at(-1)).toBe('stream-full');
    expect(await fixture.admin.streamState(broker.stream)).toMatchObject({
      messages: storedCount,
      firstSequence: 1,
    });
  });

  it('refuses what the server would not take, before it is sent', async () => {
    const broker = await kept();
    const data = Buffer.alloc(128 * 1024);
    expect(await outbox.publish(aMessage(broker, { data }))).toEqual({
      kind: 'too-large',
      limitBytes: 128 * 1024,
    });
    const headers = ['x', 'y'.repeat(70_000)];
    expect(await outbox.publish({ ...aMessage(broker), headers })).toEqual({
      kind: 'too-large',
      limitBytes: 65_535,
    });
    expect(fixture.connection.isConnected).toBe(true);
  });

  it('tries until its deadline to find a stream, and then says that there is none', async () => {
    const hasty = new Outbox(fixture.connection, { ...generousLimits, deadlineMs: 600 });
    const message = { ...aMessage(await kept()), subject: deadLetterSubject('no', 'stream') };
    expect(await hasty.publish(message)).toEqual({ kind: 'no-stream' });
    await hasty.close();
  });

  it('finds a stream that appears before the deadline', async () => {
    const broker = await kept();
    await fixture.admin.deleteStream(broker.stream);
    const publish = outbox.publish(aMessage(broker));
    await pause(300);
    await fixture.connection.port.request(
      `$JS.API.STREAM.CREATE.${broker.stream}`,
      Buffer.from(JSON.stringify({ name: broker.stream, subjects: [`ceb.${broker.uid}.>`] })),
      { timeoutMs: 2_000 },
    );
    expect(await publish).toMatchObject({ kind: 'stored', sequence: 1 });
  });

  it('takes no more than its limits by count and by bytes', async () => {
    const broker = await kept();
    const few = new Outbox(fixture.connection, { ...generousLimits, maxOutstandingCount: 2 });
    const byCount = await Promise.all([1, 2, 3].map(() => few.publish(aMessage(broker))));
    expect(byCount.map(({ kind }) => kind)).toEqual(['stored', 'stored', 'unavailable']);
    expect(byCount[2]).toEqual({ kind: 'unavailable', reason: 'overloaded' });
    const small = new Outbox(fixture.connection, { ...generousLimits, maxOutstandingBytes: 5_000 });
    const data = Buffer.alloc(3_000);
    const byBytes = await Promise.all([1, 2].map(() => small.publish(aMessage(broker, { data }))));
    expect(byBytes.map(({ kind }) => kind)).toEqual(['stored', 'unavailable']);
    await Promise.all([few.close(), small.close()]);
  });

  it('waits for what is outstanding when it closes, and takes no more', async () => {
    const broker = await kept();
    const closing = new Outbox(fixture.connection, generousLimits);
    const publish = closing.publish(aMessage(broker));
    const closed = closing.close();
    expect(await closing.publish(aMessage(broker))).toEqual({
      kind: 'unavailable',
      reason: 'disconnected',
    });
    await Promise.all([closed, closing.close()]);
    expect(await publish).toMatchObject({ kind: 'stored' });
  });
});

describe('Outbox in front of a server that dies', () => {
  it('loses no stored message over a crash, and stores none twice', async () => {
    const own = await startJetStream();
    const broker = await aStream(own, { retention: 'kept' });
    const ownOutbox = new Outbox(own.connection, generousLimits);
    const stored = new Map<string, number>();
    let isRunning = true;
    const send = async (name: number) => {
      for (let index = 0; isRunning; index++) {
        const id = `${name}-${index}`;
        const outcome = await ownOutbox.publish(aMessage(broker, { id, data: id }));
        if (outcome.kind !== 'stored') throw new Error(`${id} ended as ${outcome.kind}`);
        stored.set(id, outcome.sequence);
      }
    };
    const senders = Array.from({ length: 64 }, (_, name) => send(name));
    const growBy = async (count: number) => {
      const before = stored.size;
      await eventually(() => stored.size >= before + count);
    };
    try {
      await growBy(2_000);
      await own.server.kill('SIGKILL');
      await eventually(() => !own.connection.isConnected);
      expect(ownOutbox.outstandingCount).toBe(64);
      await own.server.restart();
      await growBy(2_000);
    } finally {
      isRunning = false;
    }
    await Promise.all(senders);

    expect((await own.admin.streamState(broker.stream))?.messages).toBe(stored.size);
    const samples = [...stored].filter((_, index) => index % 50 === 0);
    for (const [id, sequence] of samples) {
      const message = await own.admin.readMessage(broker.stream, sequence);
      expect(message?.data.toString()).toBe(id);
    }
    await ownOutbox.close();
  });

  it('sends again after the reconnect what was outstanding', async () => {
    const own = await startJetStream();
    const broker = await aStream(own, { retention: 'kept' });
    const ownOutbox = new Outbox(own.connection, generousLimits);
    own.server.process.kill('SIGSTOP');
    await pause(100);
    const publishes = Array.from({ length: 50 }, () => ownOutbox.publish(aMessage(broker)));
    await pause(50);
    await own.server.kill('SIGKILL');
    await eventually(() => !own.connection.isConnected);
    expect(await ownOutbox.publish(aMessage(broker))).toEqual({
      kind: 'unavailable',
      reason: 'disconnected',
    });
    await own.server.restart();
    const outcomes = await Promise.all(publishes);
    expect(outcomes.every(({ kind }) => kind === 'stored')).toBe(true);
    expect((await own.admin.streamState(broker.stream))?.messages).toBe(50);
    await ownOutbox.close();
  });

  it('gives up at the deadline, and says whether the connection is down', async () => {
    const own = await startJetStream();
    const broker = await aStream(own, { retention: 'kept' });
    const outboxWith = (deadlineMs: number) =>
      new Outbox(own.connection, { ...generousLimits, deadlineMs });
    const [hasty, patient] = [outboxWith(300), outboxWith(2_000)];
    own.server.process.kill('SIGSTOP');
    await pause(100);
    expect(await hasty.publish(aMessage(broker))).toEqual({
      kind: 'unavailable',
      reason: 'deadline',
    });
    const cut = patient.publish(aMessage(broker));
    await own.server.kill('SIGKILL');
    expect(await cut).toEqual({ kind: 'unavailable', reason: 'disconnected' });
    await Promise.all([hasty.close(), patient.close()]);
  });
});
