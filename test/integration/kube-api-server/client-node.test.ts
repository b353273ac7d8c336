import {
  CoordinationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  V1ConfigMap,
  V1Lease,
  V1LeaseSpec,
  V1MicroTime,
  V1ObjectMeta,
  type KubernetesObject,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { definitions, startEmbeddedApi, type EmbeddedApi } from './embedded-api.ts';
import { aWidget, widgetDefinition } from './widget-definition.ts';

const kind = { group: 'example.com', version: 'v1', namespace: 'default', plural: 'widgets' };

describe('client-node', () => {
  let api: EmbeddedApi;
  const config = new KubeConfig();

  beforeAll(async () => {
    api = await startEmbeddedApi();
    await api.post(definitions, widgetDefinition);
    config.loadFromFile(api.kubeconfig);
  });
  afterAll(() => api.close());

  it('informs of every change, once and in order', async () => {
    const objects = config.makeApiClient(CustomObjectsApi);
    const told: string[] = [];
    const informer = makeInformer<KubernetesObject>(
      config,
      '/apis/example.com/v1/namespaces/default/widgets',
      () => objects.listNamespacedCustomObject(kind),
    );
    for (const verb of ['add', 'update', 'delete'] as const) {
      informer.on(verb, (object) => told.push(`${verb} ${object.metadata?.name ?? ''}`));
    }
    informer.on('error', (error: unknown) => told.push(`error ${String(error)}`));
    await informer.start();
    await objects.createNamespacedCustomObject({ ...kind, body: aWidget('a') });
    const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
    const body = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
    await objects.patchNamespacedCustomObjectStatus({ ...kind, name: 'a', body }, mergePatch);
    await objects.deleteNamespacedCustomObject({ ...kind, name: 'a' });
    await eventually(() => told.length >= 3);
    expect(told).toEqual(['add a', 'update a', 'delete a']);
    informer.on('error', () => undefined);
    await informer.stop();
  });

  it('applies on the server, and is told of conflicts', async () => {
    const objects = config.makeApiClient(CustomObjectsApi);
    const serverSide = setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply);
    const apply = (fieldManager: string, replicas: number, force = false) =>
      objects.patchNamespacedCustomObject(
        { ...kind, name: 'b', fieldManager, force, body: aWidget('b', { replicas }) },
        serverSide,
      );
    await apply('one', 1);
    await expect(apply('two', 2)).rejects.toMatchObject({
      code: 409,
      body: expect.stringContaining('conflict with \\"one\\": .spec.replicas'),
    });
    expect(await apply('two', 2, true)).toMatchObject({ spec: { replicas: 2 } });
  });

  it('works with objects of any kind through discovery', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'default' },
    };
    await objects.create(secret);
    expect(await objects.read(secret)).toMatchObject({ type: 'Opaque' });
    await objects.delete(secret);
    await expect(objects.read(secret)).rejects.toMatchObject({ code: 404 });
  });

  it('holds a Lease, which two cannot take', async () => {
    const leases = config.makeApiClient(CoordinationV1Api);
    const namespace = 'default';
    const wanted = new V1Lease();
    wanted.metadata = Object.assign(new V1ObjectMeta(), { name: 'leader' });
    wanted.spec = Object.assign(new V1LeaseSpec(), { renewTime: new V1MicroTime() });
    const lease = await leases.createNamespacedLease({ namespace, body: wanted });
    const take = (holderIdentity: string) => {
      const spec = Object.assign(new V1LeaseSpec(), wanted.spec, { holderIdentity });
      const body = Object.assign(new V1Lease(), { metadata: lease.metadata, spec });
      return leases.replaceNamespacedLease({ namespace, name: 'leader', body });
    };
    await take('two');
    await expect(take('three')).rejects.toMatchObject({ code: 409 });
  });

  it('pages through a list', async () => {
    const core = config.makeApiClient(CoreV1Api);
    for (const name of ['p1', 'p2', 'p3']) {
      const body = new V1ConfigMap();
      body.metadata = Object.assign(new V1ObjectMeta(), { name });
      await core.createNamespacedConfigMap({ namespace: 'kube-public', body });
    }
    const first = await core.listNamespacedConfigMap({ namespace: 'kube-public', limit: 2 });
    const rest = await core.listNamespacedConfigMap({
      namespace: 'kube-public',
      limit: 2,
      _continue: first.metadata?._continue ?? '',
    });
    const names = [...first.items, ...rest.items].map(({ metadata }) => metadata?.name);
    expect(names).toEqual(['p1', 'p2', 'p3']);
    expect(first.metadata?.remainingItemCount).toBe(1);
  });
});
