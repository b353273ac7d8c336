import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import {
  JetStreamAdminError,
  serverFeatures,
  type EnsureResult,
  type StreamAdmin,
} from '@jetmesh/jetstream';
import { DispatcherWatch } from './dispatcher-watch.ts';
import { subscribeTrigger } from './subscribe-trigger.ts';
import type { SubscriptionPlan } from './subscription-plan.ts';

const place = { stream: 'S', consumer: 'C' };
const plan: SubscriptionPlan = {
  kind: 'subscribe',
  place,
  subjects: [],
  current: place,
  canBeSeen: true,
};

describe('subscribeTrigger', () => {
  it('leaves a confirmed consumer confirmed without looking for a dispatcher again', async () => {
    const outcome = await subscribe(aTrigger('True'), adminThat({ kind: 'unchanged' }));
    expect(outcome).toMatchObject({ finding: { status: 'True' }, consumer: place });
  });

  it('says what the server cannot change in place', async () => {
    const admin = adminThat({ kind: 'immutable', fields: ['ack_policy'] });
    expect(await subscribe(aTrigger('True'), admin)).toMatchObject({
      finding: { status: 'True', reason: 'ImmutableFields' },
    });
  });

  it('tells when a consumer was gone', async () => {
    const outcome = await subscribe(aTrigger('True'), adminThat({ kind: 'created' }));
    expect(outcome).toMatchObject({ wasLost: true });
  });

  it.each(['not-connected', 'timeout'] as const)(
    'keeps what was confirmed while JetStream is %s',
    async (code) => {
      const failure = new JetStreamAdminError(code, 'away');
      expect(await subscribe(aTrigger('True'), adminThat(failure))).toEqual({
        finding: { status: 'True' },
        consumer: place,
        failure,
      });
      expect(await subscribe(aTrigger('Unknown'), adminThat(failure))).toMatchObject({
        finding: { status: 'Unknown', reason: 'JetStreamUnavailable', message: 'away' },
        failure,
      });
    },
  );

  it('reports what the server refuses', async () => {
    const failure = new JetStreamAdminError('api-error', 'no room', { apiErrorCode: 10023 });
    expect(await subscribe(aTrigger('True'), adminThat(failure))).toEqual({
      finding: { status: 'False', reason: 'NotSubscribed', message: 'no room' },
      consumer: place,
      failure,
    });
  });
});

function subscribe(trigger: Trigger, admin: StreamAdmin) {
  const context = { admin, features: serverFeatures('2.9.10'), watch: new DispatcherWatch() };
  return subscribeTrigger(trigger, plan, context);
}

function adminThat(answer: EnsureResult | Error): StreamAdmin {
  const ensureConsumer = () =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  return { ensureConsumer } as Partial<StreamAdmin> as StreamAdmin;
}

function aTrigger(status: 'True' | 'Unknown'): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'orders', uid: 't1', generation: 1 },
    spec: { subscriber: {} },
    status: {
      observedGeneration: 1,
      conditions: [{ type: 'SubscriptionReady', status }],
      annotations: { 'jetmesh.dev/stream': 'S', 'jetmesh.dev/consumer': 'C' },
    },
  };
}
