import { describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '@jetmesh/cloudevents-http';
import type { DeliveryProfile } from '@jetmesh/eventing-api';
import { presentEvent } from './present-event.ts';

function anEvent(attributes: Record<string, string>, data = '{"orderCode":"42"}'): CloudEvent {
  const all = { specversion: '1.0', ...attributes };
  return { attributes: new Map(Object.entries(all)), data: Buffer.from(data) };
}

/** The legacy request of Kyma's documentation as the adapter stores it. */
const legacyEvent = anEvent({
  id: '31109198-4d69-4ae0-972d-76117f3748c8',
  source: 'commerce',
  type: 'order.created',
  time: '2020-01-01T10:00:00Z',
  eventtypeversion: 'v1',
  datacontenttype: 'application/json',
  kymasubject: 'kyma.commerce.order.created.v1',
  kymaexactsubject: 'kyma.sap.kyma.custom.commerce.order.created.v1',
  knativebrokerttl: '255',
});

const canonical = {
  'ce-specversion': '1.0',
  'ce-id': '31109198-4d69-4ae0-972d-76117f3748c8',
  'ce-source': 'commerce',
  'ce-type': 'order.created',
  'ce-time': '2020-01-01T10:00:00Z',
  'ce-eventtypeversion': 'v1',
  'content-type': 'application/json',
};

function present(event: CloudEvent, profile: DeliveryProfile, subscriptionName?: string) {
  const { headers, body } = presentEvent(event, {
    profile,
    contentMode: 'binary',
    subscriptionName,
  });
  const pairs = headers.flatMap((name, index) =>
    index % 2 === 0 ? [[name, headers[index + 1]]] : [],
  );
  return { headers: Object.fromEntries(pairs) as Record<string, string>, body: body.toString() };
}

describe('presentEvent of one legacy request', () => {
  it('shows a CloudEvents subscriber the event as stored, without what is for the Broker alone', () => {
    expect(present(legacyEvent, 'cloudevents')).toEqual({
      headers: canonical,
      body: '{"orderCode":"42"}',
    });
  });

  it('shows a subscriber of the old bus the KYMA headers too', () => {
    expect(present(legacyEvent, 'kyma-legacy', 'my-subscription')).toEqual({
      headers: {
        ...canonical,
        'KYMA-Source-ID': 'commerce',
        'KYMA-Event-Type': 'order.created',
        'KYMA-Event-Type-Version': 'v1',
        'KYMA-Event-ID': '31109198-4d69-4ae0-972d-76117f3748c8',
        'KYMA-Event-Time': '2020-01-01T10:00:00Z',
        'Kyma-Subscription': 'my-subscription',
      },
      body: '{"orderCode":"42"}',
    });
  });

  it('shows a standard subscriber the version in the type', () => {
    expect(present(legacyEvent, 'kyma-standard').headers).toEqual({
      ...canonical,
      'ce-type': 'order.created.v1',
    });
  });

  it('shows an exact subscriber the prefixed type of source kyma', () => {
    expect(present(legacyEvent, 'kyma-exact').headers).toEqual({
      ...canonical,
      'ce-source': 'kyma',
      'ce-type': 'sap.kyma.custom.commerce.order.created.v1',
    });
  });

  it('restores the type as it was sent, not as its alias is cleaned', () => {
    const event = anEvent({
      id: '1',
      source: 'commerce',
      type: 'order created',
      eventtypeversion: 'v1',
      kymasubject: 'kyma.label.ordercreated.v1',
    });
    expect(present(event, 'kyma-standard').headers['ce-type']).toBe('order created.v1');
  });
});

describe('presentEvent of a CloudEvent', () => {
  const published = anEvent({
    id: '1',
    source: 'commerce',
    type: 'order.created.v1',
    kymasubject: 'kyma.commerce.order.created.v1',
    originaltype: 'order.created.v1',
  });

  it.each<[DeliveryProfile]>([['kyma-standard'], ['kyma-exact'], ['kyma-legacy']])(
    'leaves type and source to a %s subscriber',
    (profile) => {
      const { headers } = present(published, profile);
      expect(headers).toMatchObject({ 'ce-type': 'order.created.v1', 'ce-source': 'commerce' });
      expect(headers).not.toHaveProperty('ce-originaltype');
    },
  );

  it('leaves an attribute that only Kyma knows to every other subscriber', () => {
    expect(present(published, 'cloudevents').headers['ce-originaltype']).toBe('order.created.v1');
  });

  it('does not add a version that is already in the type', () => {
    const event = anEvent({
      id: '1',
      source: 'commerce',
      type: 'order.created.v1',
      eventtypeversion: 'v1',
      kymasubject: 'kyma.commerce.order.created.v1',
    });
    expect(present(event, 'kyma-standard').headers['ce-type']).toBe('order.created.v1');
  });

  it('cleans a prefixed type for an exact subscriber, and keeps its source', () => {
    const event = anEvent({
      id: '1',
      source: '/apps/commerce',
      type: 'sap.kyma.custom.com-merce.order.created.v1',
      kymaexactsubject: 'kyma.sap.kyma.custom.commerce.order.created.v1',
    });
    expect(present(event, 'kyma-exact').headers).toMatchObject({
      'ce-type': 'sap.kyma.custom.commerce.order.created.v1',
      'ce-source': '/apps/commerce',
    });
  });

  it('leaves out KYMA headers of attributes that are missing', () => {
    const { headers } = present(anEvent({ id: '1', source: 's', type: 't' }), 'kyma-legacy');
    expect(Object.keys(headers).filter((name) => name.startsWith('KYMA'))).toEqual([
      'KYMA-Source-ID',
      'KYMA-Event-Type',
      'KYMA-Event-ID',
    ]);
  });

  it('takes no value for a name when it looks for an attribute', () => {
    const event = anEvent({ id: 'ce-type', source: 'ce-id', type: 't' });
    expect(present(event, 'kyma-legacy').headers).toMatchObject({
      'KYMA-Event-ID': 'ce-type',
      'KYMA-Source-ID': 'ce-id',
      'KYMA-Event-Type': 't',
    });
  });

  it('is sent as one JSON document in structured mode', () => {
    const { headers, body } = presentEvent(published, {
      profile: 'kyma-legacy',
      contentMode: 'structured',
      subscriptionName: undefined,
    });
    expect(headers.slice(0, 2)[1]).toMatch(/^application\/cloudevents\+json/);
    expect(headers).toContain('KYMA-Event-Type');
    expect(JSON.parse(body.toString())).toMatchObject({ type: 'order.created.v1' });
  });
});
