import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { configMapKind, type ConfigMap } from '@jetmesh/eventing-api';
import { kubeconfigFor } from '@jetmesh/kube-api-server';
import {
  loadKubeClient,
  Reflector,
  type KubeClient,
  type ObjectChange,
} from '@jetmesh/kube-controller';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { silentLogger } from '../../support/silent-logger.ts';
import { BlackHoleProxy } from '../../support/black-hole-proxy.ts';
import { answerWith, ScriptedApiServer } from './scripted-api-server.ts';

const stallMs = 1_000;

describe('Reflector against an API server that fails', () => {
  let folder: string;
  let api: ScriptedApiServer;
  let client: KubeClient;
  let reflector: Reflector<ConfigMap>;
  let changes: string[];
  let stop: AbortController;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jetmesh-reflector-'));
    api = await ScriptedApiServer.start();
    client = await connectTo(api.port);
    changes = [];
    stop = new AbortController();
  });

  afterEach(async () => {
    stop.abort();
    await client.close();
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function connectTo(port: number): Promise<KubeClient> {
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigFor({ url: `http://127.0.0.1:${port}` }));
    return loadKubeClient({ kubeconfig, timeoutMs: 5_000 });
  }

  function startReflector(by = client): void {
    reflector = new Reflector({
      client: by,
      kind: configMapKind,
      logger: silentLogger,
      stallMs,
    });
    reflector.subscribe(({ kind, key }: ObjectChange<ConfigMap>) => changes.push(`${kind} ${key}`));
    reflector.start(stop.signal);
  }

  async function startAndWatch(by = client): Promise<void> {
    startReflector(by);
    await reflector.whenSynced();
    await eventually(() => api.watchCount === 1);
  }

  const names = () =>
    reflector.store
      .list()
      .map(({ metadata }) => metadata.name)
      .sort();

  it('lists page by page, then follows additions, changes and deletions', async () => {
    for (let index = 0; index < 1_201; index++) api.put(`many-${index}`);
    await startAndWatch();
    expect(reflector.store.list()).toHaveLength(1_201);
    expect(api.requests.filter((request) => request.includes('limit=500'))).toHaveLength(3);
    changes = [];
    api.put('a');
    api.put('a');
    api.remove('a');
    await eventually(() => changes.length === 3);
    expect(changes).toEqual(['added ns/a', 'updated ns/a', 'deleted ns/a']);
  });

  it('goes on from the last resourceVersion, also a bookmark’s, when the watch ends', async () => {
    await startAndWatch();
    api.bookmark();
    const bookmarked = api.resourceVersion;
    api.endWatches();
    await eventually(() =>
      api.requests.some((one) => one.includes(`resourceVersion=${bookmarked}&`)),
    );
    expect(api.requests.filter((request) => !request.includes('watch=true'))).toHaveLength(1);
  });

  it.each([
    ['as the answer to a watch', () => api.cutWatches()],
    ['as an ERROR event', () => api.failWatches(410, 'Expired')],
  ])('lists again after a 410 %s, and turns the differences into changes', async (_case, fail) => {
    ['kept', 'gone', 'made again'].forEach((name) => api.put(name));
    await startAndWatch();
    changes = [];
    api.pauseWatches();
    api.remove('gone');
    api.remove('made again');
    api.put('made again');
    api.put('new');
    api.oldest = api.resourceVersion;
    fail();
    await eventually(() => changes.length === 4);
    expect(changes.sort()).toEqual([
      'added ns/made again',
      'added ns/new',
      'deleted ns/gone',
      'deleted ns/made again',
    ]);
    expect(names()).toEqual(['kept', 'made again', 'new']);
  });

  it('survives resets, 429 with Retry-After and 503 during list and watch', async () => {
    api.put('a');
    api.faults.push(answerWith(429, { 'retry-after': '0' }), answerWith(503), (request) =>
      request.socket.destroy(),
    );
    await startAndWatch();
    api.faults.push(answerWith(503), (request) => request.socket.destroy());
    api.cutWatches();
    api.put('b');
    await eventually(() => names().join() === 'a,b', { timeoutMs: 15_000 });
  }, 20_000);

  it('lists again when the server refuses to go on for another reason', async () => {
    api.put('gone');
    await startAndWatch();
    api.pauseWatches();
    api.remove('gone');
    api.faults.push(answerWith(404));
    api.cutWatches();
    await eventually(() => names().length === 0);
    expect(api.requests.filter((request) => !request.includes('watch=true'))).toHaveLength(2);
  });

  it('notices a connection that is dead without a word', async () => {
    const proxy = await BlackHoleProxy.start(api.port);
    const proxied = await connectTo(proxy.port);
    try {
      await startAndWatch(proxied);
      proxy.swallow();
      api.put('unheard');
      const cutAtMs = performance.now();
      await eventually(() => names().join() === 'unheard', { timeoutMs: 5_000 });
      expect(performance.now() - cutAtMs).toBeGreaterThan(stallMs / 2);
      expect(changes).toEqual(['added ns/unheard']);
    } finally {
      stop.abort();
      await proxied.close();
      await proxy.stop();
    }
  });

  it('refreshes on demand: then it has announced all that the server knew, though its watch was told nothing', async () => {
    await startAndWatch();
    api.pauseWatches();
    api.put('unheard');
    api.faults.push(answerWith(503));
    await reflector.refresh();
    expect(changes).toEqual(['added ns/unheard']);
    expect(reflector.seenResourceVersion).toBe(String(api.resourceVersion));
    await eventually(() => api.watchCount === 1);
  });

  it('does not run in circles when every watch ends at once', async () => {
    api.faults.push((request, response) => api.serve(request, response));
    for (let times = 0; times < 100; times++) {
      api.faults.push((_request, response) => response.end());
    }
    startReflector();
    await delay(1_000);
    expect(api.requests.length).toBeLessThan(8);
  });

  it('finds its way back to a server that was restarted with another history', async () => {
    api.put('before');
    await startAndWatch();
    const { port } = api;
    await api.stop();
    api = await ScriptedApiServer.start(port);
    api.resourceVersion = 5;
    api.oldest = 1_000_000;
    api.put('after');
    await eventually(() => names().join() === 'after', { timeoutMs: 15_000 });
  }, 20_000);
});
