import { describe, expect, it } from '@jest/globals';
import { brokerDefaultsOf, type BrokerDefaults } from './broker-defaults.ts';

const shipped = `
clusterDefault:
  brokerClass: MTChannelBasedBroker
  apiVersion: v1
  kind: ConfigMap
  name: config-br-default-channel
  namespace: knative-eventing
  delivery:
    retry: 10
    backoffPolicy: exponential
    backoffDelay: PT0.2S
    timeout: PT1S
  brokerClasses:
    Kafka: {apiVersion: v1, kind: ConfigMap, name: kafka, namespace: knative-eventing}
    Jetmesh: {kind: ConfigMap, name: jetmesh}
namespaceDefaults:
  large:
    brokerClass: Jetmesh
    kind: ConfigMap
    name: large
    disallowDifferentNamespaceConfig: true
  split:
    brokerClass: Kafka
    kind: ConfigMap
    name: split-kafka
    brokerClasses:
      Jetmesh: {kind: ConfigMap, name: split-jetmesh, delivery: {retry: 3}}
`;

function reading(text: string | undefined) {
  return brokerDefaultsOf({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config-br-defaults' },
    ...(text === undefined ? {} : { data: { 'default-br-config': text, _example: 'x' } }),
  });
}

function defaults(text: string): BrokerDefaults {
  const result = reading(text);
  if (result.kind === 'invalid') throw new Error(result.message);
  return result.defaults;
}

describe('brokerDefaultsOf', () => {
  it.each([
    ['shop', 'Jetmesh', 'jetmesh'],
    ['shop', 'Kafka', 'kafka'],
    ['shop', 'Foreign', 'config-br-default-channel'],
    ['large', 'Jetmesh', 'large'],
    ['large', 'Kafka', 'kafka'],
    ['split', 'Jetmesh', 'split-jetmesh'],
    ['split', 'Kafka', 'split-kafka'],
    ['constructor', 'toString', 'config-br-default-channel'],
  ])('in %s gives a Broker of class %s the config %s', (namespace, brokerClass, name) => {
    expect(defaults(shipped).defaultFor(namespace, brokerClass).config?.name).toBe(name);
  });

  it('takes four delivery options, as Knative does', () => {
    expect(defaults(shipped).defaultFor('shop', 'Foreign').delivery).toEqual({
      retry: 10,
      backoffPolicy: 'exponential',
      backoffDelay: 'PT0.2S',
    });
    expect(defaults(shipped).defaultFor('split', 'Jetmesh').delivery).toEqual({ retry: 3 });
    expect(defaults(shipped).defaultFor('shop', 'Jetmesh').delivery).toBeUndefined();
  });

  it('names the class of a Broker that states none', () => {
    expect(defaults(shipped).classIn('shop')).toBe('MTChannelBasedBroker');
    expect(defaults(shipped).classIn('large')).toBe('Jetmesh');
    expect(defaults('').classIn('large')).toBeUndefined();
  });

  it('says whether a config may be of another Namespace', () => {
    const { disallowDifferentNamespaceConfig } = defaults(shipped).defaultFor('large', 'Jetmesh');
    expect(disallowDifferentNamespaceConfig).toBe(true);
  });

  it('is empty without the ConfigMap or its key', () => {
    for (const result of [brokerDefaultsOf(undefined), reading(undefined)]) {
      expect(result).toMatchObject({ kind: 'defaults' });
    }
  });

  it.each(['a: [', '- a list', 'just text'])('says what is wrong with %p', (text) => {
    expect(reading(text)).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('default-br-config: '),
    });
  });
});
