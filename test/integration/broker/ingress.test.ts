import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { Broker } from '@jetmesh/eventing-api';
import { eventually } from '../../support/eventually.ts';
import { binaryHeaders, postEvent, postRaw } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

const mebibyte = 1024 * 1024;

describe('the ingress', () => {
  let mesh: BrokerMesh;
  let broker: Broker;
  let url: string;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress({ MAX_EVENT_BYTES: '256Ki' });
    broker = await mesh.broker({ stream: { retention: 'kept' } });
    url = mesh.addressOf(broker);
  }, 30_000);
  afterAll(() => mesh.stop());

  const origin = () => new URL(url).origin;
  const storedIds = async () =>
    (await mesh.controller.stored(broker)).map(
      ({ headers }) => headers[headers.indexOf('ce-id') + 1],
    );

  it.each([
    ['OPTIONS', '/shop/x', 200],
    ['GET', '/shop/x', 405],
    ['PUT', '/shop/x', 405],
    ['HEAD', '/', 405],
    ['POST', '/', 404],
    ['POST', '/shop', 400],
    ['POST', '/a/b/c', 400],
    ['POST', '/shop/unknown', 404],
    ['POST', '/other/default', 404],
  ] as const)('%s %s is %i and says what is allowed', async (method, path, code) => {
    const answer = await postRaw(`${origin()}${path}`, {}, '', method);
    expect(answer).toMatchObject({ code, headers: { allow: 'POST, OPTIONS' } });
  });

  it('answers a probe with what web hooks ask for', async () => {
    const answer = await postRaw(url, {}, '', 'OPTIONS');
    expect(answer.headers).toMatchObject({
      'webhook-allowed-origin': '*',
      'webhook-allowed-rate': '*',
    });
  });

  it('stores an event in binary mode with the headers that travel with it', async () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { traceparent: trace, authorization: 'secret', 'ce-id': 'carried' };
    expect(await postEvent(url, headers, '{"a":1}')).toMatchObject({ code: 202, body: '' });
    const message = (await mesh.controller.stored(broker)).find(({ headers }) =>
      headers.includes('carried'),
    );
    expect(message?.data.toString()).toBe('{"a":1}');
    expect(message?.headers).toEqual(expect.arrayContaining(['ce-knativebrokerttl', '255', trace]));
    expect(message?.headers).not.toContain('secret');
  });

  it('takes structured events, and a trailing slash', async () => {
    const event = { specversion: '1.0', id: 'structured', source: '/s', type: 't', data: { b: 2 } };
    const type = { 'content-type': 'application/cloudevents+json' };
    expect((await postRaw(`${url}/`, type, JSON.stringify(event))).code).toBe(202);
    expect(await storedIds()).toContain('structured');
  });

  it.each([
    ['no id', { 'ce-id': undefined }, 'id'],
    ['no source', { 'ce-source': undefined }, 'source'],
    ['no type', { 'ce-type': undefined }, 'type'],
    ['no version', { 'ce-specversion': undefined }, 'specversion'],
    ['no hops left', { 'ce-knativebrokerttl': '1' }, 'knativebrokerttl'],
  ])('refuses an event with %s, naming the field', async (_case, changes, field) => {
    const answer = await postEvent(url, changes);
    expect(answer.code).toBe(400);
    const { error } = JSON.parse(answer.body) as { error: string };
    expect(error).toMatch(new RegExp(`^${field}: `));
  });

  it('refuses what it cannot read with 415', async () => {
    const type = { 'content-type': 'application/cloudevents+avro' };
    expect((await postRaw(url, type, 'x')).code).toBe(415);
  });

  it('stores a batch as a whole, or nothing of it', async () => {
    const event = { specversion: '1.0', source: '/s', type: 't' };
    const type = { 'content-type': 'application/cloudevents-batch+json' };
    const batch = (ids: string[]) => JSON.stringify(ids.map((id) => ({ ...event, id })));
    expect((await postRaw(url, type, batch(['batch-1', 'batch-2']))).code).toBe(202);
    const refused = await postRaw(url, type, batch(['batch-3', '']));
    expect(refused.code).toBe(400);
    expect(refused.body).toContain('[1].id: ');
    const ids = await storedIds();
    expect(ids).toEqual(expect.arrayContaining(['batch-1', 'batch-2']));
    expect(ids).not.toContain('batch-3');
  });

  it('stores a batch of more events than may be under way at once', async () => {
    const events = Array.from({ length: 1_500 }, (_, index) => ({
      specversion: '1.0',
      id: `many-${index}`,
      source: '/s',
      type: 't',
    }));
    const type = { 'content-type': 'application/cloudevents-batch+json' };
    expect((await postRaw(url, type, JSON.stringify(events))).code).toBe(202);
    expect(await storedIds()).toContain('many-1499');
  });

  it('stores what a sender repeats with the same Idempotency-Key once', async () => {
    const key = { 'idempotency-key': 'order-1', 'ce-id': 'idempotent' };
    const codes = [(await postEvent(url, key)).code, (await postEvent(url, key)).code];
    expect(codes).toEqual([202, 202]);
    expect((await storedIds()).filter((id) => id === 'idempotent')).toHaveLength(1);
  });

  it('stores equal events of a sender without a key as often as they are sent', async () => {
    await postEvent(url, { 'ce-id': 'twice' });
    await postEvent(url, { 'ce-id': 'twice' });
    expect((await storedIds()).filter((id) => id === 'twice')).toHaveLength(2);
  });

  it('takes events up to the limit, and answers 413 beyond', async () => {
    expect((await postEvent(url, {}, Buffer.alloc(256 * 1024))).code).toBe(202);
    const answer = await postEvent(url, {}, Buffer.alloc(256 * 1024 + 1));
    expect(answer.code).toBe(413);
  });

  it('answers 413 to a sender that waits for 100 Continue, without taking the body', async () => {
    const sent = request(url, {
      method: 'POST',
      headers: { ...binaryHeaders(), expect: '100-continue', 'content-length': 10 * mebibyte },
    });
    sent.flushHeaders();
    const [answer] = (await once(sent, 'response')) as [{ statusCode: number }];
    expect(answer.statusCode).toBe(413);
    sent.destroy();
  });

  it('asks a sender that waits to go on', async () => {
    const sent = request(url, {
      method: 'POST',
      headers: { ...binaryHeaders({ 'ce-id': 'continued' }), expect: '100-continue' },
    });
    sent.flushHeaders();
    await once(sent, 'continue');
    sent.end('{}');
    const [answer] = (await once(sent, 'response')) as [{ statusCode: number }];
    expect(answer.statusCode).toBe(202);
  });

  it.each([
    ['with', `Content-Length: ${300 * mebibyte}`],
    ['without', 'Transfer-Encoding: chunked'],
  ])(
    'keeps its memory flat under a body of 300 MB %s a length',
    async (_mode, framing) => {
      const before = process.memoryUsage().rss;
      const socket = connect(Number(new URL(url).port), '127.0.0.1').setMaxListeners(0);
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.write(`POST ${new URL(url).pathname} HTTP/1.1\r\nHost: x\r\n${framing}\r\n\r\n`);
      const chunk = Buffer.concat([
        Buffer.from(framing.startsWith('T') ? '100000\r\n' : ''),
        Buffer.alloc(mebibyte),
        Buffer.from(framing.startsWith('T') ? '\r\n' : ''),
      ]);
      let peak = before;
      for (let count = 0; count < 300; count += 1) {
        if (!socket.write(chunk)) await once(socket, 'drain');
        peak = Math.max(peak, process.memoryUsage().rss);
      }
      expect(text).toMatch(/^HTTP\/1\.1 413 /);
      expect((peak - before) / mebibyte).toBeLessThan(150);
      socket.destroy();
    },
    20_000,
  );

  it('takes the next request of a connection whose last one was refused', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const path = new URL(url).pathname;
    const big = Buffer.alloc(300 * 1024);
    const head = (id: string, length: number) =>
      `POST ${path} HTTP/1.1\r\nHost: x\r\nce-specversion: 1.0\r\nce-id: ${id}\r\n` +
      `ce-source: /s\r\nce-type: t\r\nContent-Length: ${length}\r\n\r\n`;
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.write(head('big', big.length));
    socket.write(big);
    socket.write(`${head('next', 2)}{}`);
    await eventually(() => text.includes(' 202 '));
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 202']);
    socket.destroy();
  });

  it('answers 507 when the stream is full', async () => {
    const small = await mesh.broker({ stream: { maxBytes: 4096, retention: 'kept' } });
    const codes: number[] = [];
    for (let count = 0; count < 8; count += 1) {
      codes.push((await postEvent(mesh.addressOf(small), {}, Buffer.alloc(1024))).code);
    }
    expect(codes[0]).toBe(202);
    expect(codes.at(-1)).toBe(507);
  });

  it('answers 503 with Retry-After when the stream is missing', async () => {
    const ingress = await mesh.startIngress({ PUBLISH_DEADLINE: '300ms' });
    const lost = await mesh.broker();
    const stream = lost.status?.annotations?.['jetmesh.dev/stream'] ?? '';
    await mesh.controller.admin.deleteStream(stream);
    const target = `http://127.0.0.1:${ingress.port}${new URL(mesh.addressOf(lost)).pathname}`;
    const answer = await eventually(async () => {
      const latest = await postEvent(target);
      return latest.code !== 404 && latest;
    });
    expect(answer).toMatchObject({ code: 503, headers: { 'retry-after': '1' } });
    await mesh.stopProgram(ingress);
  });

  it('turns senders away when too much is under way, and takes events again afterwards', async () => {
    const ingress = await mesh.startIngress({ MAX_OUTSTANDING_COUNT: '1' });
    const path = new URL(url).pathname;
    const target = `http://127.0.0.1:${ingress.port}${path}`;
    const answers = await Promise.all(Array.from({ length: 50 }, () => postEvent(target)));
    const codes = new Set(answers.map(({ code }) => code));
    expect([...codes].sort()).toEqual([202, 503]);
    expect((await postEvent(target)).code).toBe(202);
    await mesh.stopProgram(ingress);
  });

  it('counts its answers by Broker and code', async () => {
    const ingress = await mesh.startIngress();
    const path = new URL(url).pathname;
    await postEvent(`http://127.0.0.1:${ingress.port}${path}`);
    const metrics = await fetch(`http://127.0.0.1:${ingress.adminPort}/metrics`);
    const text = await metrics.text();
    const name = broker.metadata.name;
    expect(text).toContain(
      `eventing_ingress_events_total{namespace="shop",broker="${name}",code="202"} 1`,
    );
    expect(text).toContain('eventing_ingress_outstanding_events 0');
    await mesh.stopProgram(ingress);
  });

  it('answers what is in flight before it ends, and takes no more', async () => {
    const ingress = await mesh.startIngress();
    const target = `http://127.0.0.1:${ingress.port}${new URL(url).pathname}`;
    const headers = { ...binaryHeaders(), 'content-length': 4 };
    const sent = request(target, { method: 'POST', headers });
    sent.write('{"');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const stopped = mesh.stopProgram(ingress);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(fetch(target)).rejects.toThrow();
    sent.end('"}');
    const [answer] = (await once(sent, 'response')) as [{ statusCode: number }];
    expect(answer.statusCode).toBe(202);
    await stopped;
  });

  it('answers 503 without NATS, is not ready then, and recovers', async () => {
    const ingress = await mesh.startIngress({ PUBLISH_DEADLINE: '500ms' });
    const target = `http://127.0.0.1:${ingress.port}${new URL(url).pathname}`;
    const ready = async () => (await fetch(`http://127.0.0.1:${ingress.adminPort}/readyz`)).status;
    expect(await ready()).toBe(200);
    await mesh.nats.kill();
    await eventually(async () => (await ready()) === 503);
    expect(await postEvent(target)).toMatchObject({ code: 503, headers: { 'retry-after': '1' } });
    await mesh.nats.restart();
    await eventually(async () => (await postEvent(target)).code === 202, { timeoutMs: 15_000 });
    expect(await ready()).toBe(200);
    await mesh.stopProgram(ingress);
  }, 30_000);
});
