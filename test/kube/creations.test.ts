import { eventActivationKind, subscriptionKind, triggerKind } from '@jetmesh/eventing-api';
import { describe, expect, it } from '@jest/globals';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { aTrigger, type AnyObject } from './support/objects.ts';
import { TriggerRequests } from './support/trigger-requests.ts';
import { resourcePath } from './support/resource-path.ts';

function creations(kube: KubeFixture): void {
  const triggers = new TriggerRequests(kube);

  describe('a creation', () => {
    it('fills in the metadata and drops the status', async () => {
      const { status, body } = await triggers.create({
        ...aTrigger('a'),
        status: { subscriberUri: 'http://a' },
      });
      expect(status).toBe(201);
      expect(body.status).toBeUndefined();
      expect(body.metadata).toMatchObject({
        name: 'a',
        namespace: kube.namespace,
        generation: 1,
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        resourceVersion: expect.stringMatching(/^\d+$/),
        creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      });
    });

    it('makes a name from generateName', async () => {
      const { body } = await triggers.create(aTrigger('', { generateName: 'made-' }));
      expect(body.metadata.name).toMatch(/^made-[a-z0-9]{5}$/);
    });

    it('is refused when the name is taken', async () => {
      await triggers.created('a');
      const refusal = await triggers.refusalOf('POST', triggers.collection(), {
        body: aTrigger('a'),
      });
      expect(refusal).toEqual({ status: 409, reason: 'AlreadyExists' });
    });

    it('is refused with a resourceVersion', async () => {
      const { status, body } = await kube.api.send('POST', triggers.collection(), {
        body: aTrigger('a', { resourceVersion: '5' }),
      });
      expect(status).toBe(500);
      expect(body.message).toBe('resourceVersion should not be set on objects to be created');
    });

    it.each([
      ['another Namespace than the path', aTrigger('a', { namespace: 'default' }), 400],
      ['no name', aTrigger(''), 422],
      ['a name that is none', aTrigger('Not_A_Name'), 422],
      ['a label that is none', aTrigger('a', { labels: { 'a b': 'c' } }), 422],
      ['another kind than the path', { ...aTrigger('a'), kind: 'Broker' }, 422],
      ['another version than the path', { ...aTrigger('a'), apiVersion: 'v1' }, 400],
    ])('is refused with %s', async (_what, object, status) => {
      expect((await triggers.create(object)).status).toBe(status);
    });

    it('is refused in a Namespace that is not there', async () => {
      const path = resourcePath(triggerKind, 'no-such-namespace');
      const refusal = await triggers.refusalOf('POST', path, { body: aTrigger('a') });
      expect(refusal).toEqual({ status: 404, reason: 'NotFound' });
    });

    it('with dryRun=All answers as if, and stores nothing', async () => {
      const { status, body } = await triggers.create(aTrigger('a'), '?dryRun=All');
      expect(status).toBe(201);
      expect(body.metadata.uid).toBeDefined();
      expect((await kube.api.send('GET', triggers.path('a'))).status).toBe(404);
    });
  });

  describe('fields that the schema does not know', () => {
    const unknown = { ...aTrigger('a'), spec: { ...aTrigger('a').spec, nonsense: 1 } };

    it('are refused in strict mode', async () => {
      const { status, body } = await kube.api.send(
        'POST',
        triggers.collection('?fieldValidation=Strict'),
        {
          body: unknown,
        },
      );
      expect(status).toBe(400);
      expect(body.message).toContain('strict decoding error: unknown field "spec.nonsense"');
    });

    it('are dropped with a warning by default', async () => {
      const { status, body, warnings } = await triggers.create(unknown);
      expect({ status, warnings }).toEqual({
        status: 201,
        warnings: ['unknown field "spec.nonsense"'],
      });
      expect(body.spec).not.toHaveProperty('nonsense');
    });

    it('are dropped in silence when asked', async () => {
      const { status, warnings } = await triggers.create(unknown, '?fieldValidation=Ignore');
      expect({ status, warnings }).toEqual({ status: 201, warnings: [] });
    });

    it('are kept where the schema says so', async () => {
      const { body } = await kube.api.send<AnyObject>(
        'POST',
        resourcePath(subscriptionKind, kube.namespace),
        {
          body: {
            apiVersion: 'eventing.kyma-project.io/v1alpha2',
            kind: 'Subscription',
            metadata: { name: 'a' },
            spec: { sink: 'http://a', other: { field: [1] } },
          },
        },
      );
      expect(body.spec).toEqual({ sink: 'http://a', other: { field: [1] } });
    });
  });

  describe('versions of a kind', () => {
    it('serve one object, the old one with a warning', async () => {
      const old = { ...subscriptionKind, version: 'v1alpha1' };
      const path = resourcePath(old, kube.namespace);
      const { status, warnings } = await kube.api.send('POST', path, {
        body: {
          apiVersion: 'eventing.kyma-project.io/v1alpha1',
          kind: 'Subscription',
          metadata: { name: 'a' },
          spec: { endpoint: 'http://a' },
        },
      });
      expect(status).toBe(201);
      expect(warnings).toEqual([
        'eventing.kyma-project.io/v1alpha1 Subscription is deprecated; use eventing.kyma-project.io/v1alpha2 Subscription',
      ]);
      const { body } = await kube.api.send<AnyObject>(
        'GET',
        resourcePath(subscriptionKind, kube.namespace, 'a'),
      );
      expect(body).toMatchObject({
        apiVersion: 'eventing.kyma-project.io/v1alpha2',
        spec: { endpoint: 'http://a' },
      });
    });

    it('refuses a kind whose schema the object breaks', async () => {
      const path = resourcePath(eventActivationKind, kube.namespace);
      const refusal = await triggers.refusalOf('POST', path, {
        body: {
          apiVersion: 'applicationconnector.kyma-project.io/v1alpha1',
          kind: 'EventActivation',
          metadata: { name: 'a' },
          spec: {},
        },
      });
      expect(refusal).toEqual({ status: 422, reason: 'Invalid' });
    });
  });

  describe('a request', () => {
    it('of another method than the path has is refused', async () => {
      expect((await triggers.refusalOf('DELETE', '/api/v1/namespaces')).status).toBe(405);
    });

    it('for a kind, a group or a path that is not there is refused', async () => {
      const root = '/apis/eventing.knative.dev/v1';
      for (const path of [`${root}/nonsense`, '/apis/nonsense.example.com/v1/a', '/nonsense']) {
        expect((await kube.api.send('GET', path)).status).toBe(404);
      }
    });
  });
}

describeOnKubeApis('creations', creations);
