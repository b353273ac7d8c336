import { describe, expect, it } from '@jest/globals';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import type { AnyObject } from './support/objects.ts';
import { TriggerRequests } from './support/trigger-requests.ts';

const contentType = 'application/apply-patch+yaml';

interface ManagedField {
  readonly manager: string;
  readonly operation: string;
  readonly subresource?: string;
  readonly fieldsV1: object;
}

function apply(kube: KubeFixture): void {
  const triggers = new TriggerRequests(kube);

  function applyAs<T = AnyObject>(manager: string, fields: object, more = '', path = '') {
    return kube.api.send<T>('PATCH', `${triggers.path('a', path)}?fieldManager=${manager}${more}`, {
      contentType,
      body: configuration(fields),
    });
  }

  const managers = (object: AnyObject) =>
    (object.metadata.managedFields as ManagedField[]).map(
      ({ manager, operation, subresource, fieldsV1 }) => ({
        manager,
        operation,
        ...(subresource === undefined ? {} : { subresource }),
        fieldsV1,
      }),
    );

  describe('an apply', () => {
    it('creates what is not there, and then changes nothing', async () => {
      const first = await applyAs('one', { spec });
      const second = await applyAs('one', { spec });
      expect([first.status, second.status]).toEqual([201, 200]);
      expect(second.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
      expect(managers(second.body)).toEqual([
        {
          manager: 'one',
          operation: 'Apply',
          fieldsV1: { 'f:spec': { 'f:broker': {}, 'f:subscriber': { 'f:uri': {} } } },
        },
      ]);
    });

    it('of a value that another manager applied differently is a conflict', async () => {
      await applyAs('one', { spec });
      const refused = await applyAs<{
        reason: string;
        message: string;
        details: { causes: object[] };
      }>('two', { spec: { ...spec, subscriber: { uri: 'http://other' } } });
      expect(refused.status).toBe(409);
      expect(refused.body).toMatchObject({
        reason: 'Conflict',
        message: 'Apply failed with 1 conflict: conflict with "one": .spec.subscriber.uri',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "one"',
              field: '.spec.subscriber.uri',
            },
          ],
        },
      });
    });

    it('with force takes the value over', async () => {
      await applyAs('one', { spec });
      const forced = { spec: { ...spec, subscriber: { uri: 'http://other' } } };
      const { status, body } = await applyAs('two', forced, '&force=true');
      expect({ status, spec: body.spec }).toEqual({ status: 200, spec: forced.spec });
      const owners = managers(body).filter(({ fieldsV1 }) =>
        JSON.stringify(fieldsV1).includes('uri'),
      );
      expect(owners.map(({ manager }) => manager)).toEqual(['two']);
    });

    it('of an equal value shares it', async () => {
      await applyAs('one', { spec });
      const { status, body } = await applyAs('two', { spec });
      expect(status).toBe(200);
      expect(
        managers(body)
          .map(({ manager }) => manager)
          .sort(),
      ).toEqual(['one', 'two']);
    });

    it('removes what its manager leaves out and nobody else has', async () => {
      await applyAs('one', { spec: { ...spec, delivery: { retry: 1, timeout: 'PT1S' } } });
      await applyAs('two', { spec: { delivery: { retry: 1 } } });
      const { body } = await applyAs('one', { spec });
      expect(body.spec).toEqual({ ...spec, delivery: { retry: 1 } });
    });

    it('conflicts with what was written otherwise', async () => {
      await triggers.created('a');
      const refused = await applyAs<{ message: string }>('one', {
        spec: { subscriber: { uri: 'http://other' } },
      });
      expect(refused.status).toBe(409);
      expect(refused.body.message).toContain('.spec.subscriber.uri');
    });

    it('needs a field manager', async () => {
      const { status } = await kube.api.send('PATCH', triggers.path('a'), {
        contentType,
        body: configuration({ spec }),
      });
      expect(status).toBe(422);
    });

    it('of another name than the path is refused', async () => {
      const { status } = await applyAs('one', { metadata: { name: 'b' }, spec });
      expect(status).toBe(400);
    });

    it('with a stale resourceVersion is a conflict', async () => {
      await applyAs('one', { spec });
      const metadata = { name: 'a', resourceVersion: '1' };
      expect((await applyAs('one', { metadata, spec })).status).toBe(409);
    });

    it('refuses fields that the schema does not know', async () => {
      const { status, body } = await applyAs<{ message: string }>('one', {
        spec: { ...spec, nonsense: 1 },
      });
      expect(status).toBe(500);
      expect(body.message).toContain('.spec.nonsense: field not declared in schema');
    });

    it('obeys the rules of the kind', async () => {
      const { status } = await applyAs('one', { spec: { ...spec, broker: '' } });
      expect(status).toBe(422);
    });

    it('with dryRun=All stores nothing', async () => {
      expect((await applyAs('one', { spec }, '&dryRun=All')).status).toBe(201);
      expect((await triggers.get('a')).status).toBe(404);
    });
  });

  describe('an apply of the status', () => {
    const condition = (type: string, status: string) => ({
      type,
      status,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    });
    const applyConditions = (manager: string, ...conditions: object[]) =>
      applyAs(manager, { status: { conditions } }, '', '/status');

    it('merges conditions of several managers by type', async () => {
      await triggers.created('a');
      await applyConditions('one', condition('Ready', 'True'));
      const { body } = await applyConditions('two', condition('BrokerReady', 'False'));
      expect(body.status).toEqual({
        conditions: [condition('Ready', 'True'), condition('BrokerReady', 'False')],
      });
      expect(managers(body).filter(({ subresource }) => subresource === 'status')).toMatchObject([
        { manager: 'one', operation: 'Apply' },
        { manager: 'two', operation: 'Apply' },
      ]);
    });

    it('removes only its own condition', async () => {
      await triggers.created('a');
      await applyConditions('one', condition('Ready', 'True'));
      await applyConditions('two', condition('BrokerReady', 'False'));
      const { body } = await applyConditions('one');
      expect(body.status).toEqual({ conditions: [condition('BrokerReady', 'False')] });
    });

    it('refuses two conditions of one type', async () => {
      await triggers.created('a');
      const { status } = await applyConditions(
        'one',
        condition('Ready', 'True'),
        condition('Ready', 'False'),
      );
      expect(status).toBeGreaterThanOrEqual(400);
    });
  });

  describe('managed fields', () => {
    it('tell who updated what, by user agent or fieldManager', async () => {
      await triggers.created('a');
      const path = `${triggers.path('a')}?fieldManager=three`;
      const { body } = await triggers.patch(path, { spec: { delivery: { retry: 1 } } });
      expect(managers(body)).toContainEqual({
        manager: 'three',
        operation: 'Update',
        fieldsV1: { 'f:spec': { 'f:delivery': { '.': {}, 'f:retry': {} } } },
      });
    });

    it('can be taken away', async () => {
      await applyAs('one', { spec });
      const { body } = await triggers.patch(triggers.path('a'), {
        metadata: { managedFields: [{}] },
      });
      expect(body.metadata.managedFields).toBeUndefined();
    });

    it('move from an update to an apply of the same manager name as two entries', async () => {
      await triggers.patch(triggers.path('a'), {});
      await triggers.create(
        { ...configuration({ spec }), metadata: { name: 'a' } } as AnyObject,
        '?fieldManager=one',
      );
      const { body } = await applyAs('one', { spec });
      expect(managers(body).map(({ operation }) => operation)).toEqual(['Apply', 'Update']);
    });
  });
}

const spec = { broker: 'default', subscriber: { uri: 'http://example.com' } };

function configuration(fields: object): object {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'a' },
    ...fields,
  };
}

describeOnKubeApis('server-side apply', apply);
