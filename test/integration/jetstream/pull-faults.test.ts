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

/** Notices silence soon. */
const attentive = { pullerOptions: { idleHeartbeatMs: 100 } };

describe('MessagePuller without its consumer', () => {
  it('says once that the consumer was deleted, and goes on when it is back', async () => {
    const broker = await aStream(fixture, { retention: 'kept' });
    const triggerUid = 'deleted-and-back';
    const consumer = await aConsumer(fixture, broker, { triggerUid });
    const { puller, received, missingCount } = aPull(fixture, consumer, attentive);
    await publishAll(outbox, broker, 'before');
    await eventually(() => received.length === 1);
    await fixture.admin.deleteConsumer(broker.stream, consumer.consumer);
    await eventually(() => missingCount() === 1);
    await pause(500);
    expect(missingCount()).toBe(1);
    await aConsumer(fixture, broker, { triggerUid });
    await publishAll(outbox, broker, 'after');
    await eventually(() => received.length === 2);
    await fixture.admin.deleteConsumer(broker.stream, consumer.consumer);
    await eventually(() => missingCount() === 2);
    await puller.close();
  });

  it('says so when there never was one, and when its stream is deleted', async () => {
    const broker = await aStream(fixture);
    const never = aPull(fixture, { ...broker, consumer: 'NEVER' }, attentive);
    const consumer = await aConsumer(fixture, broker);
    const deleted = aPull(fixture, consumer, attentive);
    await eventually(() => never.missingCount() === 1);
    await fixture.admin.deleteStream(broker.stream);
    await eventually(() => deleted.missingCount() === 1);
    await Promise.all([never.puller.close(), deleted.puller.close()]);
  });
});

describe('MessagePuller over a broken connection', () => {
  it('pulls on after a crash of the server, and delivers everything', async () => {
    const own = await startJetStream();
    const consumer = await aConsumer(own, await aStream(own), { ackWaitMs: 2_000 });
    const ownOutbox = new Outbox(own.connection, generousLimits);
    const { puller, received, texts, missingCount } = aPull(own, consumer, {
      pullerOptions: { ackWaitMs: 2_000 },
    });
    await publishAll(ownOutbox, consumer, ...numbered(100));
    await eventually(() => received.length >= 50);
    await own.server.kill('SIGKILL');
    await eventually(() => !own.connection.isConnected);
    await own.server.restart();
    await eventually(() => own.connection.isConnected);
    await publishAll(ownOutbox, consumer, 'after');
    await eventually(() => texts().includes('after'));
    await eventually(() => new Set(texts()).size === 101);
    expect(missingCount()).toBe(0);
    await eventually(async () => {
      const state = await own.admin.consumerState(consumer.stream, consumer.consumer);
      return state?.numPending === 0 && state.numAckPending === 0;
    });
    await puller.close();
    await ownOutbox.close();
  });

  it('brings settlements of the time without a connection, so that nothing is delivered twice', async () => {
    const own = await startJetStream();
    const consumer = await aConsumer(own, await aStream(own));
    const ownOutbox = new Outbox(own.connection, generousLimits);
    const { puller, received } = aPull(own, consumer, { onMessage: hold });
    await publishAll(ownOutbox, consumer, ...numbered(10));
    await eventually(() => received.length === 10);
    await own.server.kill('SIGTERM');
    await eventually(() => !own.connection.isConnected);
    for (const message of received) message.ack();
    await own.server.restart();
    await eventually(async () => {
      const state = await own.admin.consumerState(consumer.stream, consumer.consumer);
      return state?.ackFloorStreamSequence === 10;
    });
    expect(received).toHaveLength(10);
    await puller.close();
    await ownOutbox.close();
  });

  it('hands a message over once that the server delivers again while we hold it', async () => {
    const own = await startJetStream();
    const consumer = await aConsumer(own, await aStream(own), { ackWaitMs: 500 });
    const ownOutbox = new Outbox(own.connection, generousLimits);
    // This one does not report progress in time: the server redelivers.
    const { puller, received } = aPull(own, consumer, {
      onMessage: hold,
      pullerOptions: { ackWaitMs: 30_000 },
    });
    await publishAll(ownOutbox, consumer, 'x');
    await eventually(async () => {
      const state = await own.admin.consumerState(consumer.stream, consumer.consumer);
      return (state?.numRedelivered ?? 0) > 0;
    });
    expect(received).toHaveLength(1);
    received[0]?.ack();
    await eventually(async () => {
      const state = await own.admin.consumerState(consumer.stream, consumer.consumer);
      return state?.ackFloorStreamSequence === 1;
    });
    await puller.close();
    await ownOutbox.close();
  });

  it('asks anew when the server falls silent', async () => {
    const own = await startJetStream();
    const consumer = await aConsumer(own, await aStream(own));
    const ownOutbox = new Outbox(own.connection, generousLimits);
    const { puller, received } = aPull(own, consumer, {
      pullerOptions: { idleHeartbeatMs: 200 },
    });
    await eventually(async () => {
      const state = await own.admin.consumerState(consumer.stream, consumer.consumer);
      return state?.numWaiting === 1;
    });
    own.server.process.kill('SIGSTOP');
    await pause(1_500);
    own.server.process.kill('SIGCONT');
    await publishAll(ownOutbox, consumer, ...numbered(3));
    await eventually(() => received.length === 3);
    expect(received.map(({ deliveryCount }) => deliveryCount)).toEqual([1, 1, 1]);
    await puller.close();
    await ownOutbox.close();
  });

  it('takes a message that is larger than the server now allows', async () => {
    const config = 'max_payload: 1MB';
    const big = await startJetStream({ config });
    const consumer = await aConsumer(big, await aStream(big));
    const bigOutbox = new Outbox(big.connection, generousLimits);
    await publishAll(bigOutbox, consumer, Buffer.alloc(900_000));
    await bigOutbox.close();
    await big.server.kill('SIGTERM');
    const small = await startJetStream({
      storeDir: big.server.storeDir,
      config: 'max_payload: 64KB',
    });
    const { puller, received } = aPull(small, consumer);
    await eventually(() => received.length === 1);
    await puller.close();
  });
});
