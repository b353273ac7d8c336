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
import { eventually } from '../../support/eventually.ts';
import { silentLogger } from '../../support/silent-logger.ts';
import { answerWith, ScriptedApiServer } from './scripted-api-server.ts';

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
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigFor({ url: `http://127.0.0.1:${api.port}` }));
    client = await loadKubeClient({ kubeconfig, timeoutMs: 5_000 });
    changes = [];
    stop = new AbortController();
    reflector = new Reflector({
      client,
      kind: configMapKind,
      logger: silentLogger,
      stallMs: 1_000,
    });
    reflector.subscribe(({ kind, key }: ObjectChange<ConfigMap>) => changes.push(`${kind} ${key}`));
  });

  afterEach(async () => {
    stop.abort();
    await client.close();
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startAndWatch(): Promise<void> {
    reflector.start(stop.signal);
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
    ['as the answer to a watch', () => undefined],
    ['as an ERROR event', () => api.failWatches(410, 'Expired')],
  ])('lists again after a 410 %s, and turns the differences into changes', async (_case, fail) => {
    api.put('kept');
    api.put('gone');
    await startAndWatch();
    changes = [];
    api.cutWatches();
    api.objects.delete('gone');
    api.resourceVersion += 1_000;
    api.oldest = api.resourceVersion;
    api.put('new');
    fail();
    await eventually(() => names().join() === 'kept,new');
    expect(changes.sort()).toEqual(['added ns/new', 'deleted ns/gone']);
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

  it('notices a connection that is dead without a word', async () => {
    await startAndWatch();
    // No byte, no FIN: the scripted watch stays open and silent until the stall time has passed.
    const before = api.requests.length;
    await eventually(() => api.requests.length > before, { timeoutMs: 5_000 });
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
