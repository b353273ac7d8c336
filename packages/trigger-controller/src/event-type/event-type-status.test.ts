import { describe, expect, it } from '@jest/globals';
import {
  conditionOf,
  type Condition,
  type EventType,
  type EventTypeSpec,
} from '@jetmesh/eventing-api';
import type { Lookup } from '../cluster/object-reference.ts';
import { eventTypeStatus, referenceOf } from './event-type-status.ts';

function eventType(spec: EventTypeSpec): EventType {
  return {
    apiVersion: 'eventing.knative.dev/v1beta2',
    kind: 'EventType',
    metadata: { name: 'created', namespace: 'shop', generation: 2 },
    spec: { type: 'order.created', ...spec },
  };
}

const broker = { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'default' };

describe('referenceOf', () => {
  it.each<[string, EventTypeSpec, object | undefined]>([
    ['nothing', {}, undefined],
    ['its reference', { reference: broker }, { ...broker, namespace: 'shop' }],
    [
      'one elsewhere',
      { reference: { ...broker, namespace: 'other' } },
      { ...broker, namespace: 'other' },
    ],
    ['the Broker of old', { broker: 'default' }, { ...broker, namespace: 'shop' }],
    [
      'its reference before the Broker of old',
      { broker: 'x', reference: { kind: 'Broker', name: 'default' } },
      { ...broker, namespace: 'shop' },
    ],
  ])('is %s', (_case, spec, expected) => {
    expect(referenceOf(eventType(spec))).toEqual(expected);
  });
});

describe('eventTypeStatus', () => {
  const existing = eventType({ reference: broker });
  const status = (lookup: Lookup | undefined) =>
    eventTypeStatus(existing, lookup && referenceOf(existing), lookup, new Date(0));

  it.each<[Lookup | undefined, object]>([
    [{ kind: 'found', object: existing }, { status: 'True' }],
    [undefined, { status: 'True', reason: 'ReferenceNotSet' }],
    [
      { kind: 'missing' },
      {
        status: 'False',
        reason: 'ResourceDoesNotExist',
        message: 'brokers.eventing.knative.dev "shop/default" not found',
      },
    ],
    [{ kind: 'unknown-kind' }, { status: 'False', reason: 'ResourceDoesNotExist' }],
    [
      { kind: 'refused', message: 'no' },
      {
        status: 'Unknown',
        reason: 'ResourceGetFailed',
        message: 'brokers.eventing.knative.dev "shop/default": no',
      },
    ],
  ])('for %j', (lookup, expected) => {
    const { conditions, observedGeneration } = status(lookup);
    expect(observedGeneration).toBe(2);
    const { status: summary } = conditionOf(withConditions(conditions), 'Ready') ?? {};
    expect(conditionOf(withConditions(conditions), 'ReferenceExists')).toMatchObject({
      ...expected,
      status: summary,
    });
  });
});

function withConditions(conditions: Condition[] = []): EventType {
  return { ...eventType({}), status: { conditions } };
}
