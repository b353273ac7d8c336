import { describe, expect, it } from '@jest/globals';
import type { ApiContext } from '../handlers/api-context.ts';
import { silentLogger } from '../logger.ts';
import { OpenApiDocuments } from '../openapi/openapi-documents.ts';
import { builtInResources } from '../registry/built-in/built-in-resources.ts';
import { ResourceRegistry } from '../registry/resource-registry.ts';
import { memoryStorage } from '../storage/memory-storage.ts';
import { ObjectStore } from '../store/object-store.ts';
import { OpenWatches } from '../watch/open-watches.ts';
import { removeExpired } from './sweep-expired.ts';

async function apiAt(now: string): Promise<ApiContext> {
  const registry = new ResourceRegistry(builtInResources);
  const window = { maxCount: 10, maxBytes: 10_000 };
  const limits = { window, maxWaitingWrites: 10, writeTimeoutMs: 100 };
  return {
    store: await ObjectStore.open({ storage: memoryStorage(), logger: silentLogger, ...limits }),
    registry,
    openApi: new OpenApiDocuments(registry),
    watches: new OpenWatches(),
    logger: silentLogger,
    now: () => new Date(now),
    newUid: () => 'uid',
    newNameSuffix: () => 'xxxxx',
  };
}

describe('removeExpired', () => {
  it('removes Kubernetes events an hour after they were last seen, and nothing else', async () => {
    const api = await apiAt('2026-01-01T12:00:00Z');
    const put = (storageId: string, name: string, more: object) => {
      const creationTimestamp = '2026-01-01T10:00:00Z';
      const metadata = { name, namespace: 'shop', uid: name, creationTimestamp };
      const object = { apiVersion: 'v1', kind: 'Any', metadata, ...more };
      return api.store.write(storageId, `shop/${name}`, () => ({ kind: 'put', object }));
    };
    await put('core/events', 'old', { lastTimestamp: '2026-01-01T10:59:00Z' });
    await put('core/events', 'seen-again', { lastTimestamp: '2026-01-01T11:01:00Z' });
    await put('core/events', 'modern', { eventTime: '2026-01-01T11:30:00.000000Z' });
    await put('core/configmaps', 'old', {});
    await removeExpired(api);
    const left = api.store.resourceIds().flatMap((id) => api.store.list(id));
    expect(left.map(({ metadata }) => metadata.name)).toEqual(['modern', 'seen-again', 'old']);
  });
});
