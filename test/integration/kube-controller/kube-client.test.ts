import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { configMapKind, type ConfigMap } from '@jetmesh/eventing-api';
import { kubeconfigFor } from '@jetmesh/kube-api-server';
import { loadKubeClient, type KubeApiError, type KubeClient } from '@jetmesh/kube-controller';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BlackHoleProxy } from '../../support/black-hole-proxy.ts';
import { answerWith, ScriptedApiServer } from './scripted-api-server.ts';

const object: ConfigMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'ns' },
};

const writes: [string, (client: KubeClient) => Promise<unknown>][] = [
  ['create', (client) => client.create(configMapKind, object)],
  ['replace', (client) => client.replace(configMapKind, object)],
  ['merge patch', (client) => client.mergePatch(configMapKind, 'ns/a', {})],
  ['apply', (client) => client.apply(configMapKind, object, { fieldManager: 'test' })],
  ['delete', (client) => client.delete(configMapKind, 'ns/a')],
];
const reads: typeof writes = [
  ['get', (client) => client.get(configMapKind, 'ns/a')],
  ['list', (client) => client.list(configMapKind)],
];
const cut = (request: IncomingMessage) => request.socket.destroy();
const hang = () => undefined;

describe('the client against an API server that fails', () => {
  let folder: string;
  let api: ScriptedApiServer;
  let client: KubeClient;

  async function connectTo(port: number, timeoutMs: number): Promise<KubeClient> {
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigFor({ url: `http://127.0.0.1:${port}` }));
    return loadKubeClient({ kubeconfig, timeoutMs, userAgent: 'test' });
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jetmesh-client-'));
    api = await ScriptedApiServer.start();
    client = await connectTo(api.port, 3_000);
  });
  afterEach(async () => {
    await client.close();
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([...writes, ...reads])('repeats a %s as Retry-After says', async (_verb, ask) => {
    const now = { 'retry-after': '0' };
    api.faults.push(answerWith(429, now), answerWith(503, now));
    await ask(client);
    expect(api.requests).toHaveLength(3);
  });

  it('waits as long as Retry-After says', async () => {
    api.faults.push(answerWith(429, { 'retry-after': '1' }));
    const startedAtMs = performance.now();
    await client.create(configMapKind, object);
    expect(performance.now() - startedAtMs).toBeGreaterThan(990);
  });

  it.each(reads)('repeats a %s after a broken connection', async (_verb, ask) => {
    api.faults.push(cut, cut);
    await ask(client);
    expect(api.requests).toHaveLength(3);
  });

  it.each(writes)('does not repeat a %s that may have been done', async (_verb, ask) => {
    api.faults.push(cut);
    await expect(ask(client)).rejects.toThrow();
    api.faults.push(answerWith(503));
    await expect(ask(client)).rejects.toMatchObject({ code: 'kube_api_error', status: 503 });
    expect(api.requests).toHaveLength(2);
  });

  it('says what the server says when it must wait longer than its deadline', async () => {
    api.faults.push(answerWith(429, { 'retry-after': '60' }));
    const startedAtMs = performance.now();
    const refused: Partial<KubeApiError> = { status: 429, retryAfterMs: 60_000 };
    await expect(client.get(configMapKind, 'ns/a')).rejects.toMatchObject(refused);
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });

  it.each([
    ['an API server that does not answer', () => api.faults.push(hang, hang, hang)],
    [
      'a body that does not end',
      () =>
        api.faults.push((_request, response) => {
          response.writeHead(200);
          response.write('{"items":');
        }),
    ],
  ])('gives up at its deadline with %s', async (_case, fail) => {
    fail();
    const hurried = await connectTo(api.port, 1_000);
    const startedAtMs = performance.now();
    await expect(hurried.list(configMapKind)).rejects.toThrow();
    const tookMs = performance.now() - startedAtMs;
    await hurried.close();
    expect(tookMs).toBeGreaterThan(900);
    expect(tookMs).toBeLessThan(3_000);
  });

  it('gives up a connection that is dead without a word, and works on a new one', async () => {
    const proxy = await BlackHoleProxy.start(api.port);
    const proxied = await connectTo(proxy.port, 1_000);
    try {
      await proxied.list(configMapKind);
      // undici keeps the connection for the next request only once it is idle.
      await delay(50);
      proxy.swallow();
      await expect(proxied.list(configMapKind)).rejects.toThrow();
      expect(await proxied.list(configMapKind)).toMatchObject({ items: [] });
    } finally {
      await proxied.close();
      await proxy.stop();
    }
  });

  it('makes one list of all pages, and none when a page is too old', async () => {
    for (let index = 0; index < 600; index++) api.put(`n${index}`);
    expect((await client.list(configMapKind)).items).toHaveLength(600);
    api.faults.push((request, response) => {
      api.faults.push(answerWith(410));
      api.serve(request, response);
    });
    await expect(client.list(configMapKind)).rejects.toMatchObject({ status: 410 });
  });
});
