import { describe, expect, it } from '@jest/globals';
import { jetmeshAnnotations } from '../jetmesh-annotations.ts';
import type { Broker } from './broker.ts';
import { deliveryOfBroker } from './broker-delivery.ts';

function broker(parts: Pick<Broker, 'spec' | 'status'>): Broker {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: { name: 'b' },
    ...parts,
  };
}

function inStatus(text: string): Pick<Broker, 'status'> {
  return { status: { annotations: { [jetmeshAnnotations.defaultDelivery]: text } } };
}

describe('deliveryOfBroker', () => {
  it.each([
    ['nothing', {}, undefined],
    ['its own', { spec: { delivery: { retry: 1 } }, ...inStatus('{"retry":2}') }, { retry: 1 }],
    ['the defaults in status', inStatus('{"retry":2}'), { retry: 2 }],
    ['nothing when somebody broke the status', inStatus('{'), undefined],
  ])('is %s', (_case, parts, expected) => {
    expect(deliveryOfBroker(broker(parts))).toEqual(expected);
  });
});
