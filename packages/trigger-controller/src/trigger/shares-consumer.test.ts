import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import { sharesConsumer } from './shares-consumer.ts';

function aTrigger(annotations: Record<string, string> = {}): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 't', namespace: 'ns', annotations },
    spec: { subscriber: { uri: 'http://s' } },
  };
}

describe('sharesConsumer', () => {
  it.each<[string, Trigger, number, boolean]>([
    ['a Broker with few', aTrigger(), 31, false],
    ['a Broker that has its share', aTrigger(), 32, true],
    ['a bound over all replicas', aTrigger({ 'jetmesh.dev/max-in-flight': '5' }), 500, false],
    [
      'a Trigger of the bridge',
      aTrigger({ 'jetmesh.dev/delivery-profile': 'kyma-exact' }),
      500,
      false,
    ],
  ])('%s', (_, trigger, filteredConsumerCount, expected) => {
    expect(sharesConsumer(trigger, { filteredConsumerCount, threshold: 32 })).toBe(expected);
  });
});
