import { describe, expect, it } from '@jest/globals';
import type { Broker, BrokerSpec } from '@jetmesh/eventing-api';
import { brokerDefaultsOf, type BrokerDefaultsReading } from './broker-defaults.ts';
import { brokerSettings } from './broker-settings.ts';

function broker(spec: BrokerSpec = {}): Broker {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: { name: 'default', namespace: 'team' },
    spec,
  };
}

function defaults(clusterDefault: object): BrokerDefaultsReading {
  return brokerDefaultsOf({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config-br-defaults' },
    data: { 'default-br-config': JSON.stringify({ clusterDefault }) },
  } as never);
}

const none = defaults({});
const invalid: BrokerDefaultsReading = { kind: 'invalid', message: 'bad' };
const configMap = (name: string, namespace: string) => ({
  kind: 'config-map',
  reference: { apiVersion: 'v1', kind: 'ConfigMap', name, namespace },
});

describe('brokerSettings', () => {
  it.each<[string, BrokerSpec, BrokerDefaultsReading, object]>([
    ['nothing', {}, none, { kind: 'none' }],
    ['its own', { config: { kind: 'ConfigMap', name: 'a' } }, none, configMap('a', 'team')],
    [
      'its own in another Namespace',
      { config: { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'other' } },
      none,
      configMap('a', 'other'),
    ],
    [
      'one of another kind',
      { config: { apiVersion: 'rabbitmq.com/v1beta1', kind: 'RabbitmqCluster', name: 'a' } },
      none,
      { kind: 'foreign', title: 'RabbitmqCluster of rabbitmq.com/v1beta1' },
    ],
    ['the default', {}, defaults({ kind: 'ConfigMap', name: 'd' }), configMap('d', 'team')],
    [
      'its own before the default',
      { config: { kind: 'ConfigMap', name: 'a' } },
      defaults({ kind: 'ConfigMap', name: 'd' }),
      configMap('a', 'team'),
    ],
    [
      'one that the defaults disallow',
      { config: { kind: 'ConfigMap', name: 'a', namespace: 'other' } },
      defaults({ disallowDifferentNamespaceConfig: true }),
      { kind: 'refused', message: expect.stringContaining('disallows another') },
    ],
    ['defaults that cannot be read', {}, invalid, { kind: 'refused', message: 'bad' }],
    [
      'defaults that cannot be read and are not needed',
      { config: { kind: 'ConfigMap', name: 'a' }, delivery: {} },
      invalid,
      configMap('a', 'team'),
    ],
  ])('takes as configuration %s', (_case, spec, reading, expected) => {
    expect(brokerSettings(broker(spec), reading).config).toEqual(expected);
  });

  it('takes delivery options whole, its own or the defaults', () => {
    const reading = defaults({ delivery: { retry: 3 } });
    expect(brokerSettings(broker(), reading)).toMatchObject({
      delivery: { retry: 3 },
      hasDefaultDelivery: true,
    });
    const own = { delivery: { timeout: 'PT1S' } };
    expect(brokerSettings(broker(own), reading)).toMatchObject({
      ...own,
      hasDefaultDelivery: false,
    });
  });
});
