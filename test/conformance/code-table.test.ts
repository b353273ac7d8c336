import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { postEvent } from '../support/post-event.ts';
import { ConformanceMesh, quick } from './conformance-mesh.ts';

/** What each answer of a subscriber means (statement DP-7 of the Knative specification as we keep it). */
describe('Knative data plane, code table', () => {
  let mesh: ConformanceMesh;

  beforeAll(async () => {
    mesh = await ConformanceMesh.start('code-table');
  }, 90_000);
  afterAll(() => mesh.stop(), 60_000);

  it.each([404, 408, 409, 429, 500, 503, 599, 600])(
    'DP-7 These are errors that SHOULD be retried: %i',
    async (code) => {
      const { url, subscriber } = await mesh.route({
        trigger: { delivery: { retry: 2, ...quick } },
      });
      subscriber.answerWith((_request, index) => (index < 2 ? code : 200));
      await postEvent(url);
      await eventually(() => subscriber.received.length === 3);
      await delay(200);
      expect(subscriber.received).toHaveLength(3);
    },
  );

  it.each([300, 301, 304, 307, 400, 401, 403, 405, 410, 413, 422, 499])(
    'DP-7 These are errors that are not retried; the event goes to the dead letter sink: %i',
    async (code) => {
      const sink = await mesh.subscriber();
      const { url, subscriber } = await mesh.route({
        trigger: { delivery: { retry: 3, ...quick, deadLetterSink: { uri: sink.url } } },
      });
      subscriber.answerWith({ code, headers: { location: sink.url } });
      await postEvent(url);
      await eventually(() => sink.received.length === 1);
      await delay(100);
      expect(subscriber.received).toHaveLength(1);
      expect(sink.received).toHaveLength(1);
      expect(sink.received[0]?.headers).toMatchObject({ 'ce-knativeerrorcode': String(code) });
    },
  );

  it.each([200, 201, 202, 204, 299])(
    'DP-7 These are successes, which complete the delivery: %i',
    async (code) => {
      const { url, subscriber } = await mesh.route();
      subscriber.answerWith(code);
      await postEvent(url);
      await eventually(() => subscriber.received.length === 1);
      await delay(300);
      expect(subscriber.received).toHaveLength(1);
    },
  );

  it('DP-7 1xx is reserved: an interim answer does not complete the delivery, the one after it does', async () => {
    let requestCount = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        requestCount += 1;
        const code = requestCount === 1 ? '503 Later' : '200 OK';
        socket.write(`HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 ${code}\r\n`);
        socket.end('Content-Length: 0\r\nConnection: close\r\n\r\n');
      });
    });
    const uri = await addressOf(server);
    const { url } = await mesh.route({
      trigger: { subscriber: { uri }, delivery: { retry: 3, ...quick } },
    });
    await postEvent(url);
    await eventually(() => requestCount === 2);
    await delay(300);
    expect(requestCount).toBe(2);
    server.close();
  });

  it.each(['refused', 'cut', 'hanging'])(
    'DP-7 What is not in the table SHOULD be retried, such as a connection that is %s',
    async (fault) => {
      const sink = await mesh.subscriber();
      let requestCount = 0;
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => {
          requestCount += 1;
          if (fault === 'cut') socket.destroy();
        });
      });
      const uri = await addressOf(server);
      if (fault === 'refused') server.close();
      const delivery = { retry: 1, timeout: 'PT0.3S', ...quick, deadLetterSink: { uri: sink.url } };
      const { url } = await mesh.route({ trigger: { subscriber: { uri }, delivery } });
      await postEvent(url);
      await eventually(() => sink.received.length === 1);
      expect(requestCount).toBe(fault === 'refused' ? 0 : 2);
      expect(sink.received[0]?.headers).toMatchObject({
        'ce-knativeerrordest': uri,
        'ce-knativeerrorcode': '500',
      });
      server.close();
    },
  );
});

/** Where a server of that kind listens, once it does. */
async function addressOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
