import { configMapKind } from '@jetmesh/eventing-api';
import { describe, expect, it } from '@jest/globals';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { aConfigMap, aTrigger, type AnyObject } from './support/objects.ts';
import { TriggerRequests } from './support/trigger-requests.ts';
import { resourcePath } from './support/resource-path.ts';

function updates(kube: KubeFixture): void {
  const triggers = new TriggerRequests(kube);

  describe('a replacement', () => {
    it('that changes nothing keeps the resourceVersion', async () => {
      const stored = await triggers.created('a');
      const { status, body } = await kube.api.send<AnyObject>('PUT', triggers.path('a'), {
        body: stored,
      });
      expect(status).toBe(200);
      expect(body.metadata.resourceVersion).toBe(stored.metadata.resourceVersion);
    });

    it('of the spec raises the generation; of labels it does not', async () => {
      const stored = await triggers.created('a');
      const spec = { ...stored.spec, delivery: { retry: 1 } };
      const first = await kube.api.send<AnyObject>('PUT', triggers.path('a'), {
        body: { ...stored, spec },
      });
      const second = await triggers.patch(triggers.path('a'), { metadata: { labels: { a: 'b' } } });
      expect([first, second].map(({ body }) => body.metadata.generation)).toEqual([2, 2]);
    });

    it('with a stale resourceVersion is a conflict', async () => {
      const stored = await triggers.created('a');
      await triggers.patch(triggers.path('a'), { metadata: { labels: { a: 'b' } } });
      const refusal = await triggers.refusalOf('PUT', triggers.path('a'), { body: stored });
      expect(refusal).toEqual({ status: 409, reason: 'Conflict' });
    });

    it('without a resourceVersion is refused', async () => {
      await triggers.created('a');
      const refusal = await triggers.refusalOf('PUT', triggers.path('a'), { body: aTrigger('a') });
      expect(refusal).toEqual({ status: 422, reason: 'Invalid' });
    });

    it('with another uid is a conflict', async () => {
      const stored = await triggers.created('a');
      const uid = '00000000-0000-0000-0000-000000000000';
      const refusal = await triggers.refusalOf('PUT', triggers.path('a'), {
        body: { ...stored, metadata: { ...stored.metadata, uid } },
      });
      expect(refusal).toEqual({ status: 409, reason: 'Conflict' });
    });

    it('with another name than the path is refused', async () => {
      const stored = await triggers.created('a');
      const body = { ...stored, metadata: { ...stored.metadata, name: 'b' } };
      expect((await triggers.refusalOf('PUT', triggers.path('a'), { body })).status).toBe(400);
    });

    it('of what is not there is refused', async () => {
      const body = aTrigger('a', { resourceVersion: '5' });
      expect(await triggers.refusalOf('PUT', triggers.path('a'), { body })).toEqual({
        status: 404,
        reason: 'NotFound',
      });
    });
  });

  describe('the status subresource', () => {
    const status = { subscriberUri: 'http://a' };

    it('takes the status and nothing else', async () => {
      const stored = await triggers.created('a');
      const { body } = await kube.api.send<AnyObject>('PUT', triggers.path('a', '/status'), {
        body: { ...stored, spec: { ...stored.spec, delivery: { retry: 1 } }, status },
      });
      expect(body.status).toEqual(status);
      expect(body.spec).toEqual(stored.spec);
      expect(body.metadata.generation).toBe(1);
    });

    it('takes no labels', async () => {
      await triggers.created('a');
      const { body } = await triggers.patch(triggers.path('a', '/status'), {
        metadata: { labels: { a: 'b' } },
        status,
      });
      expect(body.status).toEqual(status);
      expect(body.metadata.labels).toBeUndefined();
    });

    it('keeps what a write of the object says of the status out', async () => {
      await triggers.created('a');
      await triggers.patch(triggers.path('a', '/status'), { status });
      const { body } = await triggers.patch(triggers.path('a'), {
        status: { subscriberUri: 'http://b' },
      });
      expect(body.status).toEqual(status);
    });

    it('removes what a merge patch sets to null', async () => {
      await triggers.created('a');
      await triggers.patch(triggers.path('a', '/status'), {
        status: { ...status, observedGeneration: 1 },
      });
      const { body } = await triggers.patch(triggers.path('a', '/status'), {
        status: { subscriberUri: null },
      });
      expect(body.status).toEqual({ observedGeneration: 1 });
    });

    it('refuses a stale resourceVersion in a patch', async () => {
      const { metadata } = await triggers.created('a');
      await triggers.patch(triggers.path('a'), { metadata: { labels: { a: 'b' } } });
      const { status: code } = await triggers.patch(triggers.path('a', '/status'), {
        metadata: { resourceVersion: metadata.resourceVersion },
        status,
      });
      expect(code).toBe(409);
    });

    it('validates the status', async () => {
      await triggers.created('a');
      const { status: code } = await triggers.patch(triggers.path('a', '/status'), {
        status: { conditions: [{ type: 'Ready' }] },
      });
      expect(code).toBe(422);
    });
  });

  describe('a patch', () => {
    it('applies a JSON patch whole or not at all', async () => {
      await triggers.created('a');
      const good = await triggers.patch(
        triggers.path('a'),
        [
          { op: 'test', path: '/spec/broker', value: 'default' },
          { op: 'add', path: '/metadata/labels', value: { a: 'b' } },
        ],
        'json-patch',
      );
      expect(good.body.metadata.labels).toEqual({ a: 'b' });
      const bad = await triggers.patch(
        triggers.path('a'),
        [
          { op: 'remove', path: '/metadata/labels/a' },
          { op: 'test', path: '/spec/broker', value: 'other' },
        ],
        'json-patch',
      );
      expect(bad.status).toBe(422);
      const { body } = await kube.api.send<AnyObject>('GET', triggers.path('a'));
      expect(body.metadata.labels).toEqual({ a: 'b' });
    });

    it('is strategic for core kinds only', async () => {
      await triggers.created('a');
      expect((await triggers.patch(triggers.path('a'), {}, 'strategic-merge-patch')).status).toBe(
        415,
      );
      const configMaps = resourcePath(configMapKind, kube.namespace);
      await kube.api.send('POST', configMaps, { body: aConfigMap('a') });
      const { status, body } = await triggers.patch(
        `${configMaps}/a`,
        { data: { a: 'b' } },
        'strategic-merge-patch',
      );
      expect({ status, data: body.data }).toEqual({ status: 200, data: { a: 'b' } });
    });

    it('of an unknown type is refused', async () => {
      await triggers.created('a');
      expect((await triggers.patch(triggers.path('a'), {}, 'nonsense')).status).toBe(415);
    });

    it('that changes nothing keeps the resourceVersion', async () => {
      const { metadata } = await triggers.created('a');
      const { body } = await triggers.patch(triggers.path('a'), { spec: { broker: 'default' } });
      expect(body.metadata.resourceVersion).toBe(metadata.resourceVersion);
    });

    it('cannot change uid and creationTimestamp', async () => {
      const stored = await triggers.created('a');
      const uid = '00000000-0000-0000-0000-000000000000';
      expect((await triggers.patch(triggers.path('a'), { metadata: { uid } })).status).toBe(422);
      const { body } = await triggers.patch(triggers.path('a'), {
        metadata: { creationTimestamp: '2020-01-01T00:00:00Z' },
      });
      expect(body.metadata.creationTimestamp).toBe(stored.metadata.creationTimestamp);
    });

    it('of what is not there is refused', async () => {
      expect((await triggers.patch(triggers.path('a'), {})).status).toBe(404);
    });
  });
}

describeOnKubeApis('updates', updates);
