import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { binaryHeaders, postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

/** The legacy request of Kyma's documentation, as the HTTP source adapter forwards it. */
const legacyEvent = {
  'ce-id': '31109198-4d69-4ae0-972d-76117f3748c8',
  'ce-source': 'commerce',
  'ce-type': 'order.created',
  'ce-time': '2020-01-01T10:00:00Z',
  'ce-eventtypeversion': 'v1',
  'ce-kymasubject': 'kyma.commerce.order.created.v1',
  'ce-kymaexactsubject': 'kyma.sap.kyma.custom.commerce.order.created.v1',
};

describe('what Kyma’s generations of subscribers receive', () => {
  let mesh: BrokerMesh;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
    await mesh.startDispatcher();
  }, 30_000);
  afterAll(() => mesh.stop());

  it.each([
    [
      'kyma-legacy',
      {
        'kyma-source-id': 'commerce',
        'kyma-event-type': 'order.created',
        'kyma-event-type-version': 'v1',
        'kyma-event-id': '31109198-4d69-4ae0-972d-76117f3748c8',
        'kyma-event-time': '2020-01-01T10:00:00Z',
        'kyma-subscription': 'my-subscription',
      },
    ],
    ['kyma-standard', { 'ce-source': 'commerce', 'ce-type': 'order.created.v1' }],
    ['kyma-exact', { 'ce-source': 'kyma', 'ce-type': 'sap.kyma.custom.commerce.order.created.v1' }],
  ])('%s', async (profile, expected) => {
    const { url, subscriber } = await mesh.route({
      annotations: {
        'jetmesh.dev/delivery-profile': profile,
        'jetmesh.dev/subscription-name-header': 'my-subscription',
      },
    });
    await postEvent(url, legacyEvent, '{"orderCode":"42"}');
    await eventually(() => subscriber.received.length === 1);
    const { headers, body } = subscriber.received[0]!;
    expect(headers).toMatchObject({ ...expected, 'ce-eventtypeversion': 'v1' });
    expect(headers).not.toHaveProperty('ce-kymasubject');
    expect(headers).not.toHaveProperty('ce-kymaexactsubject');
    expect(body.toString()).toBe('{"orderCode":"42"}');
  });

  it('ignores what a Kyma subscriber answers with', async () => {
    const { url, broker, subscriber } = await mesh.route({
      annotations: { 'jetmesh.dev/delivery-profile': 'kyma-standard' },
    });
    subscriber.answerWith((_request, index) =>
      index === 0
        ? { code: 200, headers: binaryHeaders({ 'ce-type': 'reply' }), body: '{}' }
        : { code: 200, headers: { 'ce-type': 'half' }, body: '{' },
    );
    await postEvent(url, legacyEvent);
    await postEvent(url, legacyEvent);
    await eventually(() => subscriber.received.length === 2);
    await delay(200);
    expect(subscriber.received).toHaveLength(2);
    expect(await mesh.controller.parked(broker)).toHaveLength(0);
  });
});
