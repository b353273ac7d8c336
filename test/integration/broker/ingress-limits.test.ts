import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { Broker } from '@jetmesh/eventing-api';
import { eventually } from '../../support/eventually.ts';
import { binaryHeaders, postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

const mebibyte = 1024 * 1024;

describe('the limits of the ingress', () => {
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
