import { describe, expect, it } from '@jest/globals';
import type { Broker, Trigger, TriggerSpec } from '@jetmesh/eventing-api';
import { filterSubjects, serverFeatures } from '@jetmesh/jetstream';
import { consumerOf } from './consumer-owner.ts';
import { subscriptionPlan } from './subscription-plan.ts';
import type { TriggerFacts } from './trigger-facts.ts';

const features = serverFeatures('2.9.10');
const unresolved = { kind: 'unresolved', message: 'gone', isUntracked: false } as const;
const facts: TriggerFacts = {
  broker: { kind: 'found', broker: aBroker('S') },
  subscriber: { kind: 'resolved', uri: 'http://receiver' },
  deadLetterSink: { kind: 'none' },
  dependency: { status: 'True' },
};

const context = { features, sharesConsumer: () => false };

describe('subscriptionPlan', () => {
  it('subscribes to the subjects of the filter under a name that follows from it', () => {
    const filter = { attributes: { type: 'order.created', ext: '' } };
    const type = [{ kind: 'exact', value: 'order.created' }] as const;
    const subjects = filterSubjects('b1', new Map([['type', type]]), features);
    const trigger = aTrigger({ filter });
    expect(subscriptionPlan(trigger, facts, context)).toEqual({
      kind: 'subscribe',
      place: { stream: 'S', consumer: consumerOf(trigger, subjects) },
      subjects,
      current: undefined,
      canBeSeen: true,
      isPaused: false,
      startFrom: { kind: 'new' },
    });
  });

  it('holds a Trigger with a wrong annotation, names it, and keeps the consumer that is there', () => {
    const trigger = annotated(aTrigger({}, 'S'), { 'jetmesh.dev/rate-limit': 'fast' });
    expect(subscriptionPlan(trigger, facts, context)).toMatchObject({
      kind: 'hold',
      finding: {
        status: 'False',
        reason: 'InvalidAnnotation',
        message: expect.stringMatching(
          /^metadata.annotations\["jetmesh.dev\/rate-limit"\]: must be /,
        ),
      },
      current: place('S'),
    });
  });

  it('subscribes a paused Trigger, from where it wants to start', () => {
    const annotations = { 'jetmesh.dev/paused': 'true', 'jetmesh.dev/start-from': 'beginning' };
    expect(subscriptionPlan(annotated(aTrigger({}), annotations), facts, context)).toMatchObject({
      kind: 'subscribe',
      isPaused: true,
      startFrom: { kind: 'beginning' },
    });
  });

  it.each<[string, Partial<TriggerFacts>]>([
    ['without Broker', { broker: { kind: 'missing', name: 'x' } }],
    ['with a Broker elsewhere', { broker: { kind: 'elsewhere', namespace: 'x' } }],
    ['with a Broker that has no stream', { broker: { kind: 'found', broker: aBroker(undefined) } }],
  ])('holds a Trigger %s', (_case, changes) => {
    expect(subscriptionPlan(aTrigger({}, 'S'), { ...facts, ...changes }, context)).toMatchObject({
      kind: 'hold',
      finding: { status: 'Unknown', reason: 'SubscriptionNotConfigured' },
      current: undefined,
    });
  });

  it('makes no consumer for a subscriber that never resolved', () => {
    const plan = subscriptionPlan(aTrigger({}), { ...facts, subscriber: unresolved }, context);
    expect(plan).toMatchObject({
      kind: 'hold',
      finding: { status: 'Unknown', reason: 'SubscriberNotResolved' },
      current: undefined,
    });
  });

  it('keeps the consumer of a subscriber that is gone', () => {
    const trigger = aTrigger({}, 'S');
    const plan = subscriptionPlan(trigger, { ...facts, subscriber: unresolved }, context);
    expect(plan).toMatchObject({ kind: 'subscribe', current: place('S'), canBeSeen: false });
  });

  it('never takes the consumer of another stream for its own', () => {
    expect(subscriptionPlan(aTrigger({}, 'OLD'), facts, context)).toMatchObject({
      kind: 'subscribe',
      current: undefined,
    });
  });

  it('holds an invalid filter, says where it is wrong, and keeps the consumer that is there', () => {
    const filters = [{ exact: { type: 'a' } }, { cesql: 'this is not ( an expression' }];
    const plan = subscriptionPlan(aTrigger({ filters }, 'S'), facts, context);
    expect(plan).toMatchObject({
      kind: 'hold',
      finding: {
        status: 'False',
        reason: 'InvalidFilter',
        message: expect.stringContaining('spec.filters[1].cesql'),
      },
      current: place('S'),
    });
  });

  describe('on a Broker with many Triggers', () => {
    const sharing = { features, sharesConsumer: () => true };
    const joined = {
      kind: 'join',
      place: { stream: 'JETMESH_RETRY_b1', consumer: 'TRIGGER_t1', sharedStream: 'S' },
    };

    it('a new Trigger shares a consumer', () => {
      expect(subscriptionPlan(aTrigger({}), facts, sharing)).toMatchObject({
        ...joined,
        current: undefined,
        canBeSeen: true,
      });
    });

    it('one that has a consumer of its own keeps it', () => {
      expect(subscriptionPlan(aTrigger({}, 'S'), facts, sharing)).toMatchObject({
        kind: 'subscribe',
      });
    });

    it('one that shares a consumer goes on sharing it, however few there are', () => {
      const member = aTrigger({}, 'JETMESH_RETRY_b1');
      expect(subscriptionPlan(member, facts, context)).toMatchObject({
        ...joined,
        current: { stream: 'JETMESH_RETRY_b1' },
      });
      const withoutAddress = { ...facts, subscriber: unresolved };
      expect(subscriptionPlan(member, withoutAddress, context)).toMatchObject({
        kind: 'join',
        canBeSeen: false,
      });
    });
  });
});

function annotated(trigger: Trigger, annotations: Record<string, string>): Trigger {
  return { ...trigger, metadata: { ...trigger.metadata, annotations } };
}

function aBroker(stream: string | undefined): Broker {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: { name: 'default', uid: 'b1' },
    status: stream === undefined ? {} : { annotations: { 'jetmesh.dev/stream': stream } },
  };
}

function place(stream: string): object {
  return { stream, consumer: 'C' };
}

function aTrigger(spec: Partial<TriggerSpec>, stream?: string): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'orders', uid: 't1' },
    spec: { subscriber: { uri: 'http://receiver' }, ...spec },
    status:
      stream === undefined
        ? {}
        : { annotations: { 'jetmesh.dev/stream': stream, 'jetmesh.dev/consumer': 'C' } },
  };
}
