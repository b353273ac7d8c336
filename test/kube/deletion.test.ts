import {
  configMapKind,
  customResourceDefinitionKind,
  namespaceKind,
  type OwnerReference,
} from '@jetmesh/eventing-api';
import { describe, expect, it } from '@jest/globals';
import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { aConfigMap, aTrigger, type AnyList, type AnyObject } from './support/objects.ts';
import { resourcePath } from './support/resource-path.ts';
import { TriggerRequests } from './support/trigger-requests.ts';

function deletion(kube: KubeFixture): void {
  const triggers = new TriggerRequests(kube);
  const configMap = (name?: string) => resourcePath(configMapKind, kube.namespace, name);
  const get = (path: string) => kube.api.send<AnyObject>('GET', path);
  const remove = (path: string, options: object = {}) =>
    kube.api.send<AnyObject>('DELETE', path, {
      body: { kind: 'DeleteOptions', apiVersion: 'v1', ...options },
    });
  const untilGone = (path: string) =>
    eventually(async () => (await get(path)).status === 404, { timeoutMs: 20_000 });

  /** A Trigger and a ConfigMap that it owns. */
  async function ownerWithDependent(reference: Partial<OwnerReference> = {}) {
    const owner = await triggers.created('owner');
    await kube.api.send('POST', configMap(), {
      body: aConfigMap('dependent', { ownerReferences: [{ ...referenceTo(owner), ...reference }] }),
    });
    return owner;
  }

  describe('a deletion', () => {
    it('answers with a Status that names the object', async () => {
      const { metadata } = await triggers.created('a');
      const { status, body } = await remove(triggers.path('a'));
      expect(status).toBe(200);
      expect(body).toMatchObject({
        kind: 'Status',
        status: 'Success',
        details: { name: 'a', group: 'eventing.knative.dev', kind: 'triggers', uid: metadata.uid },
      });
      expect((await triggers.get('a')).status).toBe(404);
    });

    it('of what is not there is refused', async () => {
      expect(await triggers.refusalOf('DELETE', triggers.path('a'))).toEqual({
        status: 404,
        reason: 'NotFound',
      });
    });

    it('heeds preconditions', async () => {
      const { metadata } = await triggers.created('a');
      const uid = '00000000-0000-0000-0000-000000000000';
      const refusals = [
        await remove(triggers.path('a'), { preconditions: { uid } }),
        await remove(triggers.path('a'), { preconditions: { resourceVersion: '1' } }),
      ];
      expect(refusals.map(({ status }) => status)).toEqual([409, 409]);
      const { uid: own, resourceVersion } = metadata;
      const allowed = await remove(triggers.path('a'), {
        preconditions: { uid: own, resourceVersion },
      });
      expect(allowed.status).toBe(200);
    });

    it('with dryRun=All removes nothing', async () => {
      await triggers.created('a');
      expect((await remove(triggers.path('a'), { dryRun: ['All'] })).status).toBe(200);
      expect((await triggers.get('a')).status).toBe(200);
    });

    it('of a collection heeds its selector', async () => {
      await triggers.create(aTrigger('a', { labels: { app: 'x' } }));
      await triggers.create(aTrigger('b', { labels: { app: 'y' } }));
      const { status } = await kube.api.send(
        'DELETE',
        triggers.collection('?labelSelector=app%3Dx'),
      );
      expect(status).toBe(200);
      const { body } = await kube.api.send<AnyList>('GET', triggers.collection());
      expect(body.items.map((one) => one.metadata.name)).toEqual(['b']);
    });

    it('lets the next object of that name be another', async () => {
      const first = await triggers.created('a');
      await remove(triggers.path('a'));
      const second = await triggers.created('a');
      expect(second.metadata.uid).not.toBe(first.metadata.uid);
    });
  });

  describe('a finalizer', () => {
    const finalizers = ['example.com/hold'];

    it('holds an object until it is taken away', async () => {
      await triggers.create(aTrigger('a', { finalizers }));
      const { status, body } = await remove(triggers.path('a'));
      expect(status).toBe(200);
      expect(body.metadata).toMatchObject({
        finalizers,
        generation: 2,
        deletionGracePeriodSeconds: 0,
        deletionTimestamp: expect.stringMatching(/Z$/),
      });
      const freed = await triggers.patch(triggers.path('a'), { metadata: { finalizers: null } });
      expect(freed.status).toBe(200);
      expect((await triggers.get('a')).status).toBe(404);
    });

    it('can no more be added to an object that is being deleted', async () => {
      await triggers.create(aTrigger('a', { finalizers }));
      await remove(triggers.path('a'));
      const { status } = await triggers.patch(triggers.path('a'), {
        metadata: { finalizers: [...finalizers, 'example.com/another'] },
      });
      expect(status).toBe(422);
    });

    it('leaves a second deletion without effect', async () => {
      await triggers.create(aTrigger('a', { finalizers }));
      const first = await remove(triggers.path('a'));
      const second = await remove(triggers.path('a'));
      expect(second.status).toBe(200);
      expect(second.body.metadata).toEqual(first.body.metadata);
    });

    it('must be a qualified name', async () => {
      const { status } = await triggers.create(aTrigger('a', { finalizers: ['not a name'] }));
      expect(status).toBe(422);
    });
  });

  describe('garbage collection', () => {
    it('removes the dependents of an owner that was deleted in the background', async () => {
      await ownerWithDependent();
      await remove(triggers.path('owner'), { propagationPolicy: 'Background' });
      expect((await triggers.get('owner')).status).toBe(404);
      await untilGone(configMap('dependent'));
    });

    it('removes the dependents first when the owner is deleted in the foreground', async () => {
      await ownerWithDependent({ blockOwnerDeletion: true });
      const { body } = await remove(triggers.path('owner'), { propagationPolicy: 'Foreground' });
      expect(body.metadata.finalizers).toEqual(['foregroundDeletion']);
      await untilGone(triggers.path('owner'));
      expect((await get(configMap('dependent'))).status).toBe(404);
    });

    it('keeps an owner in the foreground as long as a dependent is held', async () => {
      const owner = await triggers.created('owner');
      const ownerReferences = [{ ...referenceTo(owner), blockOwnerDeletion: true }];
      await kube.api.send('POST', configMap(), {
        body: aConfigMap('dependent', { ownerReferences, finalizers: ['example.com/hold'] }),
      });
      await remove(triggers.path('owner'), { propagationPolicy: 'Foreground' });
      await eventually(async () => {
        const { body } = await get(configMap('dependent'));
        return body.metadata.deletionTimestamp !== undefined;
      });
      expect((await triggers.get('owner')).status).toBe(200);
      await triggers.patch(configMap('dependent'), { metadata: { finalizers: null } });
      await untilGone(triggers.path('owner'));
    });

    it('leaves the dependents of an owner that was deleted as orphans', async () => {
      await ownerWithDependent();
      await remove(triggers.path('owner'), { propagationPolicy: 'Orphan' });
      await untilGone(triggers.path('owner'));
      const { status, body } = await get(configMap('dependent'));
      expect(status).toBe(200);
      expect(body.metadata.ownerReferences).toBeUndefined();
    });

    it('keeps a dependent that has another owner', async () => {
      const owner = await triggers.created('owner');
      const other = await triggers.created('other');
      await kube.api.send('POST', configMap(), {
        body: aConfigMap('dependent', {
          ownerReferences: [referenceTo(owner), referenceTo(other)],
        }),
      });
      await remove(triggers.path('owner'), { propagationPolicy: 'Background' });
      await eventually(async () => {
        const { body } = await get(configMap('dependent'));
        assert.equal(body.metadata.ownerReferences?.length, 1);
        return true;
      });
      await remove(triggers.path('other'), { propagationPolicy: 'Background' });
      await untilGone(configMap('dependent'));
    });
  });

  describe('the deletion of a Namespace', () => {
    const path = () => resourcePath(namespaceKind, undefined, kube.namespace);

    it('removes everything in it, then it', async () => {
      await ownerWithDependent();
      const { body } = await remove(path());
      expect(body.status).toMatchObject({ phase: 'Terminating' });
      await untilGone(path());
      expect((await triggers.get('owner')).status).toBe(404);
    });

    it('waits for finalizers, says so, and takes nothing new meanwhile', async () => {
      await triggers.create(aTrigger('held', { finalizers: ['example.com/hold'] }));
      await remove(path());
      await eventually(async () => {
        const { body } = await get(path());
        return (body.status?.conditions as { type: string; status: string }[] | undefined)?.some(
          ({ type, status }) => type === 'NamespaceFinalizersRemaining' && status === 'True',
        );
      });
      const refused = await kube.api.send('POST', triggers.collection(), { body: aTrigger('new') });
      expect(refused.status).toBe(403);
      expect(refused.body.reason).toBe('Forbidden');
      expect(refused.body.details?.causes).toEqual([
        expect.objectContaining({ reason: 'NamespaceTerminating' }),
      ]);
      await triggers.patch(triggers.path('held'), { metadata: { finalizers: null } });
      await untilGone(path());
    });
  });

  describe('the deletion of a definition', () => {
    it('takes its objects and its paths with it', async () => {
      const definitions = resourcePath(customResourceDefinitionKind);
      const name = 'letters.example.com';
      await kube.api.send('POST', definitions, { body: letterDefinition });
      const letters = '/apis/example.com/v1/letters';
      await eventually(async () => (await kube.api.send('GET', letters)).status === 200);
      const body = { apiVersion: 'example.com/v1', kind: 'Letter', metadata: { name: 'a' } };
      await eventually(async () => (await kube.api.send('POST', letters, { body })).status === 201);
      await remove(`${definitions}/${name}`);
      await untilGone(`${definitions}/${name}`);
      await eventually(async () => (await kube.api.send('GET', letters)).status === 404);
    });
  });
}

function referenceTo(owner: AnyObject): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  assert(metadata.uid !== undefined);
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid };
}

const letterDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'letters.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Cluster',
    names: { kind: 'Letter', plural: 'letters' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object' } },
      },
    ],
  },
};

describeOnKubeApis('deletion', deletion);
