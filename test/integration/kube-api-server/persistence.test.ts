import { connectJetStream, openKeyValueBucket, type JetStreamConnection } from '@jetmesh/jetstream';
import { memoryStorage, type ObjectStorage } from '@jetmesh/kube-api-server';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WatchLine } from '../../kube/support/api-client.ts';
import type { AnyList, AnyObject } from '../../kube/support/objects.ts';
import { eventually } from '../../support/eventually.ts';
import { startNatsServer, type NatsServer } from '../../support/nats-server.ts';
import {
  configMaps,
  definitions,
  startEmbeddedApi,
  widgets,
  type EmbeddedApi,
} from './embedded-api.ts';
import { aWidget, widgetDefinition } from './widget-definition.ts';

async function linesOf(api: EmbeddedApi, query: string): Promise<WatchLine<AnyObject>[]> {
  const lines: WatchLine<AnyObject>[] = [];
  const path = `${configMaps}?watch=true&timeoutSeconds=1&${query}`;
  for await (const line of api.client.watch<AnyObject>(path, AbortSignal.timeout(10_000))) {
    lines.push(line);
  }
  return lines;
}

function survivesRestarts(openStorage: () => Promise<ObjectStorage>): void {
  it('serves after a restart what was stored, definitions included', async () => {
    const first = await startEmbeddedApi(await openStorage());
    await first.post(definitions, widgetDefinition);
    const widget = await first.post(widgets, aWidget('kept'));
    await first.post(configMaps, { metadata: { name: 'kept' }, data: { a: 'b' } });
    await first.post(configMaps, { metadata: { name: 'deleted' } });
    await first.remove(`${configMaps}/deleted`);
    const { metadata } = (await first.get(configMaps)) as unknown as AnyList;
    await first.close();

    const second = await startEmbeddedApi(await openStorage());
    expect(await second.get(`${widgets}/kept`)).toEqual(widget);
    expect((await second.list(configMaps)).map(({ metadata: { name } }) => name)).toEqual(['kept']);
    const gone = await linesOf(second, `resourceVersion=${metadata.resourceVersion}`);
    expect(gone).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
    const changed = await second.merge(`${configMaps}/kept`, { data: { a: 'c' } });
    expect(Number(changed.metadata.resourceVersion)).toBeGreaterThan(
      Number(metadata.resourceVersion),
    );
    await second.close();
  });

  it('goes on with deletions that a stop cut short', async () => {
    const first = await startEmbeddedApi(await openStorage());
    await first.post('/api/v1/namespaces', { metadata: { name: 'cut' } });
    const contents = '/api/v1/namespaces/cut/configmaps';
    await first.post(contents, { metadata: { name: 'held', finalizers: ['a.b/c'] } });
    await first.remove('/api/v1/namespaces/cut');
    await first.close();

    const second = await startEmbeddedApi(await openStorage());
    await second.merge(`${contents}/held`, { metadata: { finalizers: null } });
    await eventually(() => second.isGone('/api/v1/namespaces/cut'));
    await second.close();
  });
}

describe('objects in memory', () => {
  const storage = memoryStorage();
  survivesRestarts(() => Promise.resolve(storage));
});

describe('objects in a JetStream bucket', () => {
  let nats: NatsServer;
  let connection: JetStreamConnection;

  beforeAll(async () => {
    nats = await startNatsServer();
    connection = await connectJetStream({ servers: [nats.url], name: 'test' });
  });
  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  survivesRestarts(() => openKeyValueBucket(connection, 'objects'));

  it('survive a kill of the server that stores them; writes meanwhile are refused or kept', async () => {
    const api = await startEmbeddedApi(await openKeyValueBucket(connection, 'killed'));
    await api.post(configMaps, { metadata: { name: 'before' } });
    await nats.kill();
    const meanwhile = api.client.send('POST', configMaps, {
      body: { metadata: { name: 'during' } },
    });
    await nats.restart();
    const { status } = await meanwhile;
    const after = await eventually(() => api.post(configMaps, { metadata: { name: 'after' } }), {
      timeoutMs: 20_000,
    });
    expect(after.metadata.name).toBe('after');
    const names = (await api.list(configMaps)).map(({ metadata }) => metadata.name);
    expect(names).toEqual(expect.arrayContaining(['before', 'after']));
    if (status === 201) expect(names).toContain('during');
    await api.close();

    const again = await startEmbeddedApi(await openKeyValueBucket(connection, 'killed'));
    expect((await again.list(configMaps)).map(({ metadata }) => metadata.name)).toEqual(names);
    await again.close();
  }, 40_000);
});
