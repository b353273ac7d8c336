import type { SpecObject } from './rejected-objects.ts';

const subscriber = { uri: 'http://example.com' };
const CACerts = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const ref = { apiVersion: 'v1', kind: 'Service', name: 'subscriber' };

function trigger(spec: object): SpecObject {
  return { kind: 'Trigger', spec: { broker: 'default', subscriber, ...spec } };
}

/** Objects near the rules that every API server must take, field for field. */
export const acceptedObjects: readonly { title: string; object: SpecObject }[] = [
  { title: 'a Trigger with the least', object: trigger({}) },
  {
    title: 'a Trigger with brokerRef alone',
    object: {
      kind: 'Trigger',
      spec: { brokerRef: { kind: 'Broker', name: 'default', namespace: 'other' }, subscriber },
    },
  },
  { title: 'a subscriber by ref', object: trigger({ subscriber: { ref } }) },
  {
    title: 'a subscriber by ref and a relative uri',
    object: trigger({ subscriber: { ref, uri: '/path?query=1' } }),
  },
  {
    title: 'a uri of a scheme that nobody knows',
    object: trigger({ subscriber: { uri: 'bad://uri' } }),
  },
  {
    title: 'an empty filter',
    object: trigger({ filter: {} }),
  },
  {
    title: 'a filter with an empty value',
    object: trigger({ filter: { attributes: { type: '' } } }),
  },
  {
    title: 'every dialect, nested too',
    object: trigger({
      filters: [
        { exact: { type: 'a' } },
        { prefix: { source: '/a' } },
        { suffix: { subject: 'z' } },
        { cesql: "type = 'a' AND EXISTS subject" },
        { all: [{ any: [{ exact: { type: 'a' } }, { not: { prefix: { type: 'b' } } }] }] },
        { not: { cesql: 'TRUE' } },
      ],
    }),
  },
  ...['PT0S', 'PT0.2S', 'PT10S', 'P1D', 'P1DT2H3M4.5S', 'P1Y2M3W4D'].map((backoffDelay) => ({
    title: `a delay of ${backoffDelay}`,
    object: trigger({ delivery: { backoffDelay, backoffPolicy: 'linear', retry: 0 } }),
  })),
  {
    title: 'a whole delivery',
    object: trigger({
      delivery: {
        deadLetterSink: { ref, uri: '/dead', CACerts, audience: 'me' },
        retry: 10,
        timeout: 'PT5S',
        backoffPolicy: 'exponential',
        backoffDelay: 'PT0.5S',
        backoffMax: 'PT1M',
        retryAfterMax: 'PT0S',
        format: 'json',
      },
    }),
  },
  { title: 'a Broker with nothing', object: { kind: 'Broker', spec: {} } },
  {
    title: 'an EventType of v1beta2',
    object: {
      kind: 'EventType',
      version: 'v1beta2',
      spec: { type: 'a', source: '/a', schema: 'http://a', description: 'a', broker: 'default' },
    },
  },
  {
    title: 'an EventType of v1beta3',
    object: {
      kind: 'EventType',
      version: 'v1beta3',
      spec: {
        reference: { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'default' },
        attributes: ['type', 'source', 'specversion', 'id'].map((name) => ({
          name,
          required: true,
          value: '{any}',
        })),
      },
    },
  },
  {
    title: 'a Broker with a config of another implementation',
    object: {
      kind: 'Broker',
      spec: {
        config: {
          apiVersion: 'eventing.knative.dev/v1alpha1',
          kind: 'RabbitmqBrokerConfig',
          name: 'a',
          namespace: 'b',
        },
      },
    },
  },
];
