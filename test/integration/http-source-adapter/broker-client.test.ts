import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
} from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { BrokerClient } from '@jetmesh/http-source-adapter';
import { freePort } from '../../support/free-port.ts';

const message = { headers: ['ce-id', '1'], body: Buffer.from('{}') };
const stored = { kind: 'stored' };

describe('BrokerClient', () => {
  const cleanups: (() => unknown)[] = [];
  let connectionCount = 0;

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function listen(server: Server | TcpServer): Promise<number> {
    connectionCount = 0;
    server.on('connection', () => (connectionCount += 1));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.push(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  function aClient(port: number, settings: { timeoutMs?: number; connections?: number } = {}) {
    const { timeoutMs = 2_000, connections = 4 } = settings;
    const client = new BrokerClient({ timeoutMs, maxConnectionsPerOrigin: connections });
    let closed: Promise<void> | undefined;
    const close = () => (closed ??= client.close());
    cleanups.push(close);
    const address = { origin: `http://127.0.0.1:${port}`, path: '/ns/default' };
    return {
      post: (sent = message) =>
        client.post({ kind: 'addressed', key: 'ns/default', address }, sent),
      close,
    };
  }

  const serve = (listener: RequestListener, options = {}) =>
    listen(createServer(options, listener));

  it('sends one request after the other on a kept connection, whatever form the answers have', async () => {
    let count = 0;
    const port = await serve((request, response) => {
      request.resume().on('end', () => {
        count += 1;
        if (count === 1) response.writeHead(202).end();
        else if (count === 2) response.writeHead(202, { 'content-length': 2 }).end('ok');
        else {
          response.write('in ');
          setTimeout(() => response.end('chunks'), 20);
        }
      });
    });
    const client = aClient(port);
    for (let index = 0; index < 4; index += 1) expect(await client.post()).toEqual(stored);
    expect(connectionCount).toBe(1);
  });

  it('delivers what was sent, byte for byte', async () => {
    const received: { headers: readonly string[]; body: Buffer }[] = [];
    const port = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ headers: request.rawHeaders, body: Buffer.concat(chunks) });
        response.writeHead(202).end();
      });
    });
    const body = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 256));
    const client = aClient(port);
    expect(await client.post({ headers: ['ce-x', '\xe9%20'], body })).toEqual(stored);
    expect(received[0]?.body.equals(body)).toBe(true);
    expect(received[0]?.headers).toEqual(expect.arrayContaining(['ce-x', '\xe9%20']));
  });

  it('opens no more connections than it may; the others wait for their turn', async () => {
    const port = await serve((request, response) => {
      request.resume().on('end', () => setTimeout(() => response.writeHead(202).end(), 20));
    });
    const client = aClient(port, { connections: 2 });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => client.post()));
    expect(outcomes).toEqual(outcomes.map(() => stored));
    expect(connectionCount).toBe(2);
  });

  it('gives up at its deadline, also a request that waits for a connection', async () => {
    const port = await serve((request) => void request.resume());
    const client = aClient(port, { timeoutMs: 100, connections: 1 });
    const outcomes = await Promise.all([client.post(), client.post()]);
    expect(outcomes).toEqual([
      expect.objectContaining({ kind: 'deadline' }),
      expect.objectContaining({ kind: 'deadline' }),
    ]);
  });

  it('goes on after a server that ends each connection, and one that ends idle ones', async () => {
    const port = await serve(
      (request, response) => {
        request.resume().on('end', () => {
          response.writeHead(202, request.url === '/x' ? {} : { connection: 'close' }).end();
        });
      },
      { keepAliveTimeout: 50 },
    );
    const client = aClient(port);
    for (let index = 0; index < 3; index += 1) expect(await client.post()).toEqual(stored);
    expect(connectionCount).toBe(3);
    await delay(150);
    expect(await client.post()).toEqual(stored);
  });

  it('does not use a connection that the server is about to end', async () => {
    const port = await serve(
      (request, response) => request.resume().on('end', () => response.writeHead(202).end()),
      { keepAliveTimeout: 1_000 },
    );
    const client = aClient(port);
    expect(await client.post()).toEqual(stored);
    await delay(20);
    expect(await client.post()).toEqual(stored);
    expect(connectionCount).toBe(2);
  });

  it('says what a Broker answered, and when nobody does', async () => {
    const port = await serve((request, response) => {
      request.resume().on('end', () => response.writeHead(503, { 'retry-after': '7' }).end());
    });
    expect(await aClient(port).post()).toMatchObject({ kind: 'unavailable', retryAfter: '7' });
    expect(await aClient(await freePort()).post()).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it.each([
    ['ends the connection in the middle of an answer', 'HTTP/1.1 202 Accepted\r\ncontent-le'],
    ['speaks something else', '220 smtp.example.com ESMTP\r\n\r\n'],
  ])('is told that a server cannot be reached that %s', async (_, text) => {
    const port = await listen(
      createTcpServer((socket) =>
        socket.on('data', () => socket.end(text)).on('error', () => undefined),
      ),
    );
    expect(await aClient(port).post()).toMatchObject({ kind: 'unreachable' });
  });

  it('ends when what is under way has ended', async () => {
    const port = await serve((request, response) => {
      request.resume().on('end', () => setTimeout(() => response.writeHead(202).end(), 100));
    });
    const client = aClient(port);
    const posted = client.post();
    await client.close();
    expect(await posted).toEqual(stored);
  });
});
