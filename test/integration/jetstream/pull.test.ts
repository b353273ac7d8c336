import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MessagePuller, Outbox, type StreamMessage } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import {
  aConsumer,
  aStream,
  generousLimits,
  numbered,
  publishAll,
  startJetStream,
  stopAll,
  text,
  type JetStreamFixture,
  type TestConsumer,
} from './jetstream-fixture.ts';
import { aPull, hold, pause } from './pull-fixture.ts';

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

async function consumerOf(settings: Parameters<typeof aConsumer>[2] = {}): Promise<TestConsumer> {
  return await aConsumer(fixture, await aStream(fixture), settings);
}

function stateOf({ stream, consumer }: TestConsumer) {
  return fixture.admin.consumerState(stream, consumer);
}

describe('MessagePuller', () => {
  it('hands over messages in order, with what is known of them', async () => {
    const consumer = await consumerOf();
    const { puller, received, texts } = aPull(fixture, consumer);
    await publishAll(outbox, consumer, ...numbered(500));
    await eventually(() => received.length === 500);
    expect(texts()).toEqual(numbered(500));
    expect(received[499]).toMatchObject({
      stream: consumer.stream,
      subject: expect.stringMatching(/^ceb\..*\.com\.example\.created$/),
      sequence: 500,
      deliveryCount: 1,
      headers: expect.arrayContaining(['ce-source', '/shop']),
    });
    expect(Math.abs(Date.now() - (received[499]?.timestampMs ?? 0))).toBeLessThan(60_000);
    await eventually(async () => (await stateOf(consumer))?.ackFloorStreamSequence === 500);
    expect((await fixture.admin.streamState(consumer.stream))?.messages).toBe(0);
    await puller.close();
  });

  it('never holds more than its window, and goes on as messages are settled', async () => {
    const consumer = await consumerOf();
    const unsettled: StreamMessage[] = [];
    let most = 0;
    const { puller, pull, received } = aPull(fixture, consumer, {
      maxUnsettled: 8,
      onMessage(message) {
        unsettled.push(message);
        most = Math.max(most, pull.unsettledCount);
      },
    });
    await publishAll(outbox, consumer, ...numbered(100));
    await eventually(() => unsettled.length === 8);
    await pause(100);
    expect(received).toHaveLength(8);
    while (received.length < 100 || unsettled.length > 0) {
      unsettled.shift()?.ack();
      await pause(0);
    }
    expect(most).toBe(8);
    expect(received).toHaveLength(100);
    await puller.close();
  });

  it('goes on with what is free of the window while some messages stay unsettled', async () => {
    const consumer = await consumerOf();
    const { puller, received } = aPull(fixture, consumer, {
      maxUnsettled: 8,
      onMessage: (message) => {
        if (message.sequence > 7) message.ack();
      },
    });
    await publishAll(outbox, consumer, ...numbered(40));
    await eventually(() => received.length === 40, { timeoutMs: 3_000 });
    await puller.close();
  });

  it('bounds what it holds by bytes, and still takes a message larger than that', async () => {
    const consumer = await consumerOf();
    const unsettled: StreamMessage[] = [];
    let mostBytes = 0;
    const { puller, received } = aPull(fixture, consumer, {
      maxUnsettledBytes: 2 * 1024 ** 2,
      onMessage(message) {
        unsettled.push(message);
        mostBytes = Math.max(
          mostBytes,
          unsettled.reduce((sum, { size }) => sum + size, 0),
        );
      },
    });
    await publishAll(outbox, consumer, ...Array.from({ length: 16 }, () => Buffer.alloc(500_000)));
    await publishAll(outbox, consumer, Buffer.alloc(1_000_000));
    while (received.length < 17) {
      unsettled.shift()?.ack();
      await pause(5);
    }
    expect(mostBytes).toBeLessThanOrEqual(2 * 1024 ** 2);
    await puller.close();
  });

  it('shares the budget of the process between pulls, and starves none', async () => {
    const consumers = await Promise.all([1, 2, 3].map(() => consumerOf()));
    const puller = new MessagePuller(fixture.connection, { processMaxBytes: 1024 ** 2 });
    const held: StreamMessage[] = [];
    let mostBytes = 0;
    const pulls = consumers.map((consumer) =>
      aPull(fixture, consumer, {
        puller,
        onMessage(message) {
          held.push(message);
          mostBytes = Math.max(
            mostBytes,
            held.reduce((sum, { size }) => sum + size, 0),
          );
        },
      }),
    );
    const data = Array.from({ length: 10 }, () => Buffer.alloc(400_000));
    await Promise.all(consumers.map((consumer) => publishAll(outbox, consumer, ...data)));
    while (pulls.some(({ received }) => received.length < 10)) {
      held.shift()?.ack();
      await pause(2);
    }
    // The budget, and for each pull one message that always has room.
    expect(mostBytes).toBeLessThanOrEqual(1024 ** 2 + 3 * (1024 ** 2 + 8_192));
    for (const message of held) message.ack();
    await puller.close();
  });

  it('brings a message back after the delay of its NAK, and counts deliveries', async () => {
    const consumer = await consumerOf();
    const times: number[] = [];
    const { puller, received } = aPull(fixture, consumer, {
      onMessage(message) {
        times.push(performance.now());
        if (message.deliveryCount < 3) message.nak(message.deliveryCount === 1 ? 300 : 0);
        else message.ack();
      },
    });
    await publishAll(outbox, consumer, 'x');
    await eventually(() => received.length === 3);
    expect(received.map(({ deliveryCount }) => deliveryCount)).toEqual([1, 2, 3]);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(290);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeLessThan(290);
    await puller.close();
  });

  it('brings messages back before their delay when they are recalled, and lets the others wait', async () => {
    const consumer = await consumerOf();
    const { puller, pull, received, texts } = aPull(fixture, consumer, {
      onMessage: (message) => (message.deliveryCount === 1 ? message.nak(60_000) : message.ack()),
    });
    await publishAll(outbox, consumer, ...numbered(5));
    await eventually(() => received.length === 5);
    await pause(50);
    pull.recallDelayed(3);
    await eventually(() => received.length === 8);
    expect(texts().slice(5).sort()).toEqual(['0', '1', '2']);
    pull.recallDelayed(3);
    await pause(200);
    expect(received).toHaveLength(8);
    await eventually(async () => (await stateOf(consumer))?.numAckPending === 2);
    await puller.close();
  });

  it('never brings a terminated message back', async () => {
    const consumer = await consumerOf({ ackWaitMs: 300 });
    const { puller, received } = aPull(fixture, consumer, {
      onMessage: (message) => {
        message.term();
      },
    });
    await publishAll(outbox, consumer, 'x');
    await eventually(async () => (await stateOf(consumer))?.ackFloorStreamSequence === 1);
    await pause(500);
    expect(received).toHaveLength(1);
    await puller.close();
  });

  it('keeps a message in our hands far beyond the ack wait', async () => {
    const consumer = await consumerOf({ ackWaitMs: 600 });
    const { puller, received } = aPull(fixture, consumer, {
      pullerOptions: { ackWaitMs: 600 },
      onMessage: hold,
    });
    await publishAll(outbox, consumer, 'x');
    await pause(2_000);
    expect(received).toHaveLength(1);
    expect(await stateOf(consumer)).toMatchObject({ numAckPending: 1, numRedelivered: 0 });
    received[0]?.ack();
    await eventually(async () => (await stateOf(consumer))?.numAckPending === 0);
    await puller.close();
  });

  it('settles in order when one message may be pending, whatever is tried again', async () => {
    const consumer = await consumerOf({ maxAckPending: 1 });
    const settled: string[] = [];
    const { puller } = aPull(fixture, consumer, {
      maxUnsettled: 1,
      onMessage(message) {
        if (message.deliveryCount < 3 && message.sequence % 2 === 1) message.nak(20);
        else {
          settled.push(text(message));
          message.ack();
        }
      },
    });
    await publishAll(outbox, consumer, ...numbered(10));
    await eventually(() => settled.length === 10);
    expect(settled).toEqual(numbered(10));
    await puller.close();
  });

  it('settles a message once', async () => {
    const consumer = await consumerOf();
    const { puller, received } = aPull(fixture, consumer);
    await publishAll(outbox, consumer, 'x');
    await eventually(() => received.length === 1);
    expect(() => received[0]?.nak(0)).toThrow('settled twice');
    await puller.close();
  });

  it('shares a consumer with another process, and each message goes to one', async () => {
    const consumer = await consumerOf();
    const one = aPull(fixture, consumer, { maxUnsettled: 4 });
    const other = aPull(fixture, consumer, { maxUnsettled: 4 });
    await publishAll(outbox, consumer, ...numbered(200));
    await eventually(() => one.received.length + other.received.length === 200);
    expect(new Set([...one.texts(), ...other.texts()]).size).toBe(200);
    expect(one.received.length).toBeGreaterThan(0);
    expect(other.received.length).toBeGreaterThan(0);
    await Promise.all([one.puller.close(), other.puller.close()]);
  });

  it('narrows or widens its window while it pulls', async () => {
    const consumer = await consumerOf();
    const { puller, pull, received } = aPull(fixture, consumer, { onMessage: hold });
    await eventually(async () => (await stateOf(consumer))?.numWaiting === 1);
    pull.setMaxUnsettled(2);
    await pause(50);
    await publishAll(outbox, consumer, ...numbered(20));
    await eventually(() => received.length === 2);
    await pause(100);
    expect(pull.unsettledCount).toBe(2);
    pull.setMaxUnsettled(5);
    await eventually(() => received.length === 5);
    await pause(100);
    expect(pull.unsettledCount).toBe(5);
    await puller.close();
  });

  it('asks for nothing while it is paused', async () => {
    const consumer = await consumerOf();
    const { puller, pull, received } = aPull(fixture, consumer);
    await eventually(async () => (await stateOf(consumer))?.numWaiting === 1);
    pull.pause();
    await eventually(async () => (await stateOf(consumer))?.numWaiting === 0);
    await publishAll(outbox, consumer, 'x');
    await pause(100);
    expect(received).toHaveLength(0);
    pull.resume();
    await eventually(() => received.length === 1);
    await puller.close();
  });
});
