import { describe, expect, it } from '@jest/globals';
import type { TriggerSpec } from '@jetmesh/eventing-api';
import { brokerNamedBy } from './trigger-broker.ts';

describe('brokerNamedBy', () => {
  it.each<[Partial<TriggerSpec>, object]>([
    [{ broker: 'a' }, { namespace: 'shop', name: 'a', isElsewhere: false }],
    [{ brokerRef: { name: 'a' } }, { namespace: 'shop', name: 'a', isElsewhere: false }],
    [
      { brokerRef: { name: 'a', namespace: 'shop' } },
      { namespace: 'shop', name: 'a', isElsewhere: false },
    ],
    [
      { brokerRef: { name: 'a', namespace: 'bus' } },
      { namespace: 'bus', name: 'a', isElsewhere: true },
    ],
    [{}, { namespace: 'shop', name: 'default', isElsewhere: false }],
  ])('of %j', (spec, expected) => {
    const trigger = {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: { name: 't', namespace: 'shop' },
      spec: { subscriber: {}, ...spec },
    };
    expect(brokerNamedBy(trigger)).toEqual(expected);
  });
});
