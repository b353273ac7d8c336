import {
  applyManifests,
  memoryStorage,
  startKubeApiServer,
  type KubeApiServer,
} from '@jetmesh/kube-api-server';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customResourceDefinitions } from '@jetmesh/eventing-api';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);

describe('applyManifests', () => {
  let server: KubeApiServer;

  beforeAll(async () => {
    server = await startKubeApiServer({ storage: memoryStorage() });
  });
  afterAll(() => server.close());

  it('applies a text in an order that works, and again without effect', async () => {
    const yaml = `
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: orders, namespace: shop}
spec: {broker: default, subscriber: {uri: http://orders.example.com}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
`;
    const objects = await applyManifests(server, { objects: customResourceDefinitions });
    expect(objects).toHaveLength(customResourceDefinitions.length);
    expect(await applyManifests(server, { yaml })).toEqual([
      'Namespace shop',
      'Trigger shop/orders',
    ]);
    const trigger = `${server.url}/apis/eventing.knative.dev/v1/namespaces/shop/triggers/orders`;
    const before = await (await fetch(trigger)).text();
    await applyManifests(server, { yaml });
    expect(await (await fetch(trigger)).text()).toBe(before);
  });

  it('applies the definitions of this repository as they are shipped', async () => {
    const path = fileURLToPath(new URL('manifests/crds/', root));
    const applied = await applyManifests(server, { path });
    const names = customResourceDefinitions.map(
      ({ metadata }) => `CustomResourceDefinition ${metadata.name}`,
    );
    expect([...applied].sort()).toEqual([...names].sort());
  });

  it.each([
    [
      'an unknown kind',
      'apiVersion: example.com/v1\nkind: Odd\nmetadata: {name: a}',
      'no such kind',
    ],
    [
      'a refusal',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: A}',
      'Applying Namespace A failed',
    ],
  ])('names %s', async (_what, yaml, message) => {
    await expect(applyManifests(server, { yaml })).rejects.toThrow(message);
  });
});
