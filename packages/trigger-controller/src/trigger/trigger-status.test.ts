import { describe, expect, it } from '@jest/globals';
import { conditionOf, type Broker, type Trigger } from '@jetmesh/eventing-api';
import type { SubscriptionFinding, TriggerFacts } from './trigger-facts.ts';
import { triggerStatus } from './trigger-status.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const trigger: Trigger = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: { name: 'orders', namespace: 'team', generation: 2 },
  spec: { broker: 'default', subscriber: { uri: 'http://receiver' } },
};
const readyBroker: Broker = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: { name: 'default', namespace: 'team', generation: 1 },
  status: { observedGeneration: 1, conditions: [{ type: 'Ready', status: 'True' }] },
};
const healthy: TriggerFacts = {
  broker: { kind: 'found', broker: readyBroker },
  subscriber: { kind: 'resolved', uri: 'http://receiver' },
  deadLetterSink: { kind: 'none' },
  dependency: { status: 'True' },
};
const subscribed: SubscriptionFinding = {
  finding: { status: 'True' },
  consumer: { stream: 'S1', consumer: 'C1' },
};

describe('triggerStatus', () => {
  it('is Ready and tells the data plane what to do when everything is there', () => {
    expect(triggerStatus(trigger, healthy, subscribed, now)).toEqual({
      observedGeneration: 2,
      subscriberUri: 'http://receiver',
      annotations: { 'jetmesh.dev/stream': 'S1', 'jetmesh.dev/consumer': 'C1' },
      conditions: [
        at('BrokerReady', { status: 'True' }),
        at('DeadLetterSinkResolved', {
          status: 'True',
          reason: 'DeadLetterSinkNotConfigured',
          message: 'No dead letter sink is configured.',
        }),
        at('DependencyReady', { status: 'True' }),
        at('OIDCIdentityCreated', {
          status: 'True',
          reason: 'authentication-oidc feature disabled',
        }),
        at('Ready', { status: 'True' }),
        at('SubscriberResolved', { status: 'True' }),
        at('SubscriptionReady', { status: 'True' }),
      ],
    });
  });

  it.each<[string, Partial<TriggerFacts>, object]>([
    [
      'a missing Broker',
      { broker: { kind: 'missing', name: 'x' } },
      { status: 'False', reason: 'BrokerDoesNotExist', message: 'Broker "x" does not exist' },
    ],
    [
      'a Broker of another Namespace',
      { broker: { kind: 'elsewhere', namespace: 'other' } },
      { status: 'False', reason: 'CrossNamespaceBrokerRef' },
    ],
    [
      'a Broker that was not reconciled yet',
      { broker: { kind: 'found', broker: { ...readyBroker, status: {} } } },
      {
        status: 'Unknown',
        reason: 'BrokerNotConfigured',
        message: 'Broker has not yet been reconciled.',
      },
    ],
    [
      'a Broker whose latest generation was not observed',
      {
        broker: {
          kind: 'found',
          broker: { ...readyBroker, metadata: { ...readyBroker.metadata, generation: 2 } },
        },
      },
      { status: 'Unknown', reason: 'BrokerNotConfigured' },
    ],
    [
      'a Broker that is not Ready',
      { broker: { kind: 'found', broker: brokerThatIs('False', 'ChannelFailure', 'no space') } },
      { status: 'False', reason: 'ChannelFailure', message: 'no space' },
    ],
    [
      'a Broker that is not Ready and does not say why',
      { broker: { kind: 'found', broker: brokerThatIs('False') } },
      { status: 'False', reason: 'BrokerNotReady' },
    ],
    [
      'a Broker of which nothing is known',
      { broker: { kind: 'found', broker: brokerThatIs('Unknown', 'NotConnected', 'no answer') } },
      { status: 'Unknown', reason: 'NotConnected', message: 'no answer' },
    ],
    [
      'an unresolved subscriber',
      { subscriber: { kind: 'unresolved', message: 'gone', isUntracked: false } },
      { status: 'False', reason: "Unable to get the Subscriber's URI", message: 'gone' },
    ],
    [
      'an unresolved dead letter sink',
      {
        deadLetterSink: {
          kind: 'configured',
          resolution: { kind: 'unresolved', message: 'gone', isUntracked: false },
        },
      },
      { status: 'False', reason: "Unable to get the dead letter sink's URI", message: 'gone' },
    ],
    [
      'a dead letter sink that the Broker did not resolve',
      { deadLetterSink: { kind: 'broker-unresolved', broker: 'default' } },
      { status: 'False', reason: "Broker default didn't set status.deadLetterSinkURI" },
    ],
    [
      'a failing dependency',
      { dependency: { status: 'False', reason: 'DependencyDoesNotExist', message: 'none' } },
      { status: 'False', reason: 'DependencyDoesNotExist', message: 'none' },
    ],
  ])('says in Ready what is wrong with %s', (_case, facts, ready) => {
    const status = triggerStatus(trigger, { ...healthy, ...facts }, subscribed, now);
    expect(conditionOf({ ...trigger, status }, 'Ready')).toMatchObject(ready);
  });

  it('empties the subscriber’s address when it does not resolve', () => {
    const before = triggerStatus(trigger, healthy, subscribed, now);
    const facts: TriggerFacts = {
      ...healthy,
      subscriber: { kind: 'unresolved', message: 'gone', isUntracked: false },
    };
    const status = triggerStatus({ ...trigger, status: before }, facts, subscribed, now);
    expect(status).not.toHaveProperty('subscriberUri');
    expect(status.annotations).toEqual(before.annotations);
  });

  it('names no consumer before there is one', () => {
    const finding = { status: 'Unknown', reason: 'NotSubscribed' } as const;
    const status = triggerStatus(trigger, healthy, { finding, consumer: undefined }, now);
    expect(status).not.toHaveProperty('annotations');
    expect(conditionOf({ ...trigger, status }, 'Ready')).toMatchObject(finding);
  });

  it('carries certificates and audiences', () => {
    const address = { kind: 'resolved', uri: 'https://x', CACerts: 'PEM', audience: 'a' } as const;
    const facts: TriggerFacts = {
      ...healthy,
      subscriber: address,
      deadLetterSink: { kind: 'configured', resolution: address },
    };
    expect(triggerStatus(trigger, facts, subscribed, now)).toMatchObject({
      subscriberUri: 'https://x',
      subscriberCACerts: 'PEM',
      subscriberAudience: 'a',
      deadLetterSinkUri: 'https://x',
      deadLetterSinkCACerts: 'PEM',
      deadLetterSinkAudience: 'a',
    });
  });
});

function at(type: string, condition: object): object {
  return { type, ...condition, lastTransitionTime: '2026-01-02T03:04:05Z' };
}

function brokerThatIs(status: 'False' | 'Unknown', reason?: string, message?: string): Broker {
  const why = { ...(reason && { reason }), ...(message && { message }) };
  const conditions = [{ type: 'Ready', status, ...why }];
  return { ...readyBroker, status: { observedGeneration: 1, conditions } };
}
