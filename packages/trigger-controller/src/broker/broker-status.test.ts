import { describe, expect, it } from '@jest/globals';
import { conditionOf, type Broker } from '@jetmesh/eventing-api';
import { brokerStatus, type BrokerFacts } from './broker-status.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const broker: Broker = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: { name: 'default', namespace: 'team', generation: 3 },
};
const healthy: BrokerFacts = {
  url: 'http://ingress/team/default',
  stream: { stream: 'S1', isShared: false, finding: { status: 'True' } },
  deadLetterSink: undefined,
  defaultDelivery: undefined,
  ingress: { status: 'True' },
  dispatcher: { status: 'True' },
};

describe('brokerStatus', () => {
  it('is Ready with address and stream when everything is there', () => {
    expect(brokerStatus(broker, healthy, now)).toEqual({
      observedGeneration: 3,
      address: { name: 'http', url: 'http://ingress/team/default' },
      addresses: [{ name: 'http', url: 'http://ingress/team/default' }],
      annotations: { 'jetmesh.dev/stream': 'S1' },
      conditions: [
        at('Addressable', { status: 'True' }),
        at('DeadLetterSinkResolved', {
          status: 'True',
          reason: 'DeadLetterSinkNotConfigured',
          message: 'No dead letter sink is configured.',
        }),
        at('EventPoliciesReady', {
          status: 'True',
          reason: 'OIDCDisabled',
          message: 'Feature "authentication-oidc" must be enabled to support Authorization',
        }),
        at('FilterReady', { status: 'True' }),
        at('IngressReady', { status: 'True' }),
        at('Ready', { status: 'True' }),
        at('TriggerChannelReady', { status: 'True' }),
      ],
    });
  });

  it('carries delivery options that the Broker does not state', () => {
    const status = brokerStatus(broker, { ...healthy, defaultDelivery: { retry: 3 } }, now);
    expect(status.annotations?.['jetmesh.dev/default-delivery']).toBe('{"retry":3}');
  });

  it.each(['ingress', 'dispatcher'] as const)('is not Ready without %s', (program) => {
    const finding = { status: 'False', reason: 'Gone', message: 'gone' } as const;
    const status = brokerStatus(broker, { ...healthy, [program]: finding }, now);
    expect(conditionOf({ ...broker, status }, 'Ready')).toMatchObject(finding);
  });

  it('carries the resolved dead letter sink', () => {
    const deadLetterSink = {
      kind: 'resolved',
      uri: 'https://dead',
      CACerts: 'PEM',
      audience: 'dead',
    } as const;
    expect(brokerStatus(broker, { ...healthy, deadLetterSink }, now)).toMatchObject({
      deadLetterSinkUri: 'https://dead',
      deadLetterSinkCACerts: 'PEM',
      deadLetterSinkAudience: 'dead',
    });
  });

  it('is not Ready while the dead letter sink is unresolved', () => {
    const deadLetterSink = { kind: 'unresolved', message: 'gone', isUntracked: false } as const;
    const status = brokerStatus(broker, { ...healthy, deadLetterSink }, now);
    expect(status).not.toHaveProperty('deadLetterSinkUri');
    expect(conditionOf({ ...broker, status }, 'Ready')).toMatchObject({
      status: 'False',
      reason: "Unable to get the dead letter sink's URI",
      message: 'gone',
    });
  });

  it('keeps the address while the stream is refused', () => {
    const stream = {
      stream: undefined,
      isShared: false,
      finding: { status: 'False', reason: 'ChannelFailure', message: 'no space' },
    } as const;
    const status = brokerStatus(broker, { ...healthy, stream }, now);
    expect(status.address?.url).toBe('http://ingress/team/default');
    expect(status).not.toHaveProperty('annotations');
    expect(conditionOf({ ...broker, status }, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ChannelFailure',
      message: 'no space',
    });
  });

  it('is not Ready while an annotation asks for what there is not', () => {
    const metadata = { ...broker.metadata, annotations: { 'jetmesh.dev/deduplication': 'id' } };
    const status = brokerStatus({ ...broker, metadata }, healthy, now);
    expect(conditionOf({ ...broker, status }, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'InvalidAnnotation',
      message:
        'metadata.annotations["jetmesh.dev/deduplication"]: must be none or source-and-id, not "id"',
    });
  });

  it('is equal to the previous status when nothing changed', () => {
    const status = brokerStatus(broker, healthy, now);
    const later = new Date(now.getTime() + 60_000);
    expect(brokerStatus({ ...broker, status }, healthy, later)).toEqual(status);
  });
});

function at(type: string, condition: object): object {
  return { type, ...condition, lastTransitionTime: '2026-01-02T03:04:05Z' };
}
