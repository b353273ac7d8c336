import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetmeshAnnotations, type Trigger } from '@jetmesh/eventing-api';
import { connectJetStream, createStreamAdmin } from '@jetmesh/jetstream';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createBroker } from '../support/create-broker.ts';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { createTrigger } from '../support/quickstart.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';
import { residentMebibytes } from '../support/resident-mebibytes.ts';
import { sendEvents } from '../support/send-events.ts';
import { untilAccounted } from './until-accounted.ts';

const mebibyte = 1024 * 1024;

let mesh: MeshProcess;
const subscribers: RecordingSubscriber[] = [];

beforeAll(async () => {
  mesh = await startMeshProcess();
}, 90_000);

afterAll(async () => {
  await mesh.stop();
  await Promise.all(subscribers.map((subscriber) => subscriber.close()));
}, 60_000);

/** A Broker of its own with one Trigger. */
async function aRoute(namespace: string, data: Record<string, string>) {
  const subscriber = await startRecordingSubscriber();
  subscribers.push(subscriber);
  await createBroker(mesh.client, namespace, data);
  const trigger = await createTrigger(mesh.client, {
    ...{ namespace, name: 'all', uri: subscriber.url },
    delivery: { retry: 5, backoffPolicy: 'linear', backoffDelay: 'PT1S', timeout: 'PT5S' },
  });
  const url = `${mesh.endpoints.ingress}/${namespace}/default`;
  return { url, trigger, subscriber, about: { mesh, subscriber, trigger: `${namespace}/all` } };
}

async function deleteConsumer({ status }: Trigger): Promise<void> {
  const { annotations = {} } = status ?? {};
  const stream = annotations[jetmeshAnnotations.stream] ?? '';
  const consumer = annotations[jetmeshAnnotations.consumer] ?? '';
  const settings = { servers: [mesh.endpoints.nats], name: 'vandal' };
  const connection = await connectJetStream(settings);
  expect(await createStreamAdmin(connection).deleteConsumer(stream, consumer)).toBe(true);
  await connection.close();
}

/** Posts that many bytes, whatever is answered meanwhile; returns the answer's first line and the highest memory. */
async function postBytes(url: string, count: number, memory: () => number) {
  const { port, pathname } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1').setMaxListeners(0);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const chunk = Buffer.concat([
    Buffer.from('100000\r\n'),
    Buffer.alloc(mebibyte),
    Buffer.from('\r\n'),
  ]);
  let peak = memory();
  for (let sent = 0; sent < count && !socket.destroyed; sent += mebibyte) {
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
    peak = Math.max(peak, memory());
  }
  await eventually(() => text.includes('\r\n'));
  socket.destroy();
  return { statusLine: text.split('\r\n')[0], peak };
}

describe('a Broker under load', () => {
  it('answers 507 while its stream is full, and takes events again once the excess is parked', async () => {
    const data = JSON.stringify('x'.repeat(40 * 1024));
    const { url, subscriber, about } = await aRoute('full', {
      'stream.max-bytes': '4Mi',
      'dead-letters.max-bytes': '64Mi',
    });
    subscriber.answerWith('hang');
    const burst = { url, type: 'burst', count: 300, concurrency: 16, data };
    const load = await sendEvents(burst);
    expect(load.refused.get(507)).toBeGreaterThan(0);
    expect([...load.refused.keys()]).toEqual([507]);
    const probe = { url, type: 'later', count: 1, concurrency: 1, data };
    await eventually(async () => (await sendEvents(probe)).accepted.length === 1, {
      timeoutMs: 30_000,
      intervalMs: 500,
    });
    subscriber.answerWith(200);
    await untilAccounted('stream full', load, about);
  }, 150_000);

  it('stays flat under a POST of 300 MB, and serves the others meanwhile', async () => {
    const { url, about } = await aRoute('large', {});
    const warmUp = { url, type: 'warm-up', count: 500, concurrency: 16 };
    await sendEvents(warmUp);
    const memory = () => residentMebibytes(mesh.pidOf('ingress'));
    const before = memory();
    const [load, { statusLine, peak }] = await Promise.all([
      sendEvents({ url, type: 'small', count: 1_000, concurrency: 16, ratePerSecond: 250 }),
      postBytes(url, 300 * mebibyte, memory),
    ]);
    expect(statusLine).toBe('HTTP/1.1 413 Payload Too Large');
    expect([...load.refused]).toEqual([]);
    process.stdout.write(`ingress: ${before.toFixed(0)} MiB, at most ${peak.toFixed(0)} MiB\n`);
    expect(peak - before).toBeLessThan(64);
    await untilAccounted('POST of 300 MB', load, about);
  }, 120_000);

  it('delivers what a Broker that keeps events has accepted although its consumer was deleted', async () => {
    const { url, trigger, about } = await aRoute('vandalised', { 'stream.retention': 'kept' });
    let deleted = Promise.resolve();
    const load = await sendEvents({
      url,
      type: 'vandalised',
      count: 1_000,
      concurrency: 16,
      ratePerSecond: 250,
      onSend: (sentCount) => {
        if (sentCount === 300) deleted = deleteConsumer(trigger);
      },
    });
    await deleted;
    expect([...load.refused]).toEqual([]);
    await untilAccounted('consumer deleted', load, about);
  }, 120_000);
});
