import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Outbox } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import {
  aConsumer,
  aStream,
  generousLimits,
  numbered,
  publishAll,
  startJetStream,
  stopAll,
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

async function consumerOf(): Promise<TestConsumer> {
  return await aConsumer(fixture, await aStream(fixture));
}

function stateOf({ stream, consumer }: TestConsumer) {
  return fixture.admin.consumerState(stream, consumer);
}

describe('stop', () => {
  it('leaves everything to others at once: nothing waits for an ack wait', async () => {
    const consumer = await consumerOf();
    const one = aPull(fixture, consumer, { maxUnsettled: 50 });
    await eventually(async () => (await stateOf(consumer))?.numWaiting === 1);
    await publishAll(outbox, consumer, ...numbered(20));
    const stopped = one.pull.stop();
    const countAtStop = one.received.length;
    const other = aPull(fixture, consumer);
    await stopped;
    await publishAll(outbox, consumer, ...numbered(20));
    await eventually(() => other.received.length + countAtStop >= 40, { timeoutMs: 3_000 });
    expect(one.received).toHaveLength(countAtStop);
    // Requests were taken back: what came after the stop was never offered to the one that stopped.
    const afterStop = other.received.filter(({ sequence }) => sequence > 20);
    expect(afterStop.map(({ deliveryCount }) => deliveryCount)).toEqual(Array(20).fill(1));
    await Promise.all([one.puller.close(), other.puller.close()]);
  });

  it('waits for what was handed over', async () => {
    const consumer = await consumerOf();
    const { puller, pull, received } = aPull(fixture, consumer, { onMessage: hold });
    await publishAll(outbox, consumer, ...numbered(3));
    await eventually(() => received.length === 3);
    let isStopped = false;
    const stopped = pull.stop().then(() => (isStopped = true));
    received[0]?.ack();
    received[1]?.nak(0);
    await pause(50);
    expect(isStopped).toBe(false);
    received[2]?.ack();
    await stopped;
    await eventually(async () => (await stateOf(consumer))?.numPending === 0);
    expect(pull.unsettledCount).toBe(0);
    await puller.close();
  });

  it('gives back what its owner does not wait for, and ignores a late settlement', async () => {
    const consumer = await consumerOf();
    const { puller, pull, received } = aPull(fixture, consumer, { onMessage: hold });
    await publishAll(outbox, consumer, ...numbered(3));
    await eventually(() => received.length === 3);
    const stopped = pull.stop();
    pull.nakUnsettled();
    await stopped;
    received[0]?.ack();
    const other = aPull(fixture, consumer);
    await eventually(() => other.received.length === 3, { timeoutMs: 3_000 });
    expect(other.texts().sort()).toEqual(numbered(3));
    await Promise.all([puller.close(), other.puller.close()]);
  });
});
