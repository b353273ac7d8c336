import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eventually } from '../../support/eventually.ts';
import type { WatchLine } from '../../kube/support/api-client.ts';
import type { AnyList, AnyObject } from '../../kube/support/objects.ts';
import { configMaps, startEmbeddedApi, type EmbeddedApi } from './embedded-api.ts';

type Line = WatchLine<AnyObject>;

describe('watches', () => {
  let api: EmbeddedApi;

  beforeAll(async () => {
    api = await startEmbeddedApi();
  });
  afterAll(() => api.close());

  /** Follows a watch in the background. */
  function follow(query: string, of = api): { lines: Line[]; ended: Promise<void> } {
    const lines: Line[] = [];
    const ended = (async () => {
      const signal = AbortSignal.timeout(20_000);
      const watch = of.client.watch<AnyObject>(`${configMaps}?watch=true&${query}`, signal);
      for await (const line of watch) lines.push(line);
    })();
    // A watch that its test leaves open ends with the client.
    ended.catch(() => undefined);
    return { lines, ended };
  }

  const told = (lines: readonly Line[]) =>
    lines.map(({ type, object }) => `${type} ${object.metadata.name}`);

  async function revision(): Promise<string> {
    const list = (await api.get(`${configMaps}?limit=1`)) as unknown as AnyList;
    return list.metadata.resourceVersion;
  }

  it('tell every change in order, to all who watch', async () => {
    const query = `resourceVersion=${await revision()}&timeoutSeconds=20&labelSelector=in%3Dorder`;
    const watches = Array.from({ length: 20 }, () => follow(query));
    await api.post(configMaps, { metadata: { name: 'a', labels: { in: 'order' } } });
    for (let turn = 0; turn < 100; turn += 1) {
      await api.merge(`${configMaps}/a`, { data: { turn: String(turn) } });
    }
    await api.remove(`${configMaps}/a`);
    for (const { lines } of watches) await eventually(() => lines.length === 102);
    const [first] = watches;
    expect(told(first!.lines)).toEqual([
      'ADDED a',
      ...Array.from({ length: 100 }, () => 'MODIFIED a'),
      'DELETED a',
    ]);
    expect(first!.lines.slice(1, -1).map(({ object }) => object.data?.turn)).toEqual(
      Array.from({ length: 100 }, (_, turn) => String(turn)),
    );
    for (const { lines } of watches) expect(lines).toEqual(first!.lines);
  });

  it('replay what came after their revision, and nothing twice', async () => {
    const start = await revision();
    await api.post(configMaps, { metadata: { name: 'b', labels: { re: 'play' } } });
    const { lines } = follow(`resourceVersion=${start}&labelSelector=re%3Dplay`);
    await eventually(() => lines.length === 1);
    await api.remove(`${configMaps}/b`);
    await eventually(() => lines.length === 2);
    expect(told(lines)).toEqual(['ADDED b', 'DELETED b']);
  });

  it('begin with what is there, mark its end, and go on', async () => {
    await api.post(configMaps, { metadata: { name: 'c', labels: { init: 'ial' } } });
    const { lines } = follow(
      'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=init%3Dial',
    );
    await eventually(() => lines.length === 2);
    expect(lines.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
    expect(lines[1]?.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
    await api.remove(`${configMaps}/c`);
    await eventually(() => lines.length === 3);
    expect(lines[2]?.type).toBe('DELETED');
  });

  it('are cut off when the client does not read', async () => {
    const socket = connect(api.server.port, '127.0.0.1');
    socket.write(`GET ${configMaps}?watch=true HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    await once(socket, 'readable');
    socket.pause();
    const big = 'x'.repeat(400_000);
    await api.post(configMaps, { metadata: { name: 'big' }, data: { big } });
    for (let turn = 0; turn < 60; turn += 1) {
      await api.merge(`${configMaps}/big`, { metadata: { labels: { turn: String(turn) } } });
    }
    await expectCut(socket);
  }, 20_000);

  it('end in order when the server closes', async () => {
    const closing = await startEmbeddedApi();
    const { lines, ended } = follow('allowWatchBookmarks=true', closing);
    await closing.post(configMaps, { metadata: { name: 'a' } });
    await eventually(() => lines.length === 1);
    const startedMs = Date.now();
    await Promise.all([closing.server.close(), ended]);
    expect(Date.now() - startedMs).toBeLessThan(900);
    expect(lines.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
    await closing.client.close();
  });
});

/** What was sent can still be read; then the connection is over, long before all of it came. */
async function expectCut(socket: Socket): Promise<void> {
  let readBytes = 0;
  socket.on('data', (chunk: Buffer) => {
    readBytes += chunk.length;
  });
  socket.on('error', () => undefined);
  const over = once(socket, 'close', { signal: AbortSignal.timeout(10_000) });
  socket.resume();
  await over;
  expect(readBytes).toBeLessThan(60 * 400_000);
}
