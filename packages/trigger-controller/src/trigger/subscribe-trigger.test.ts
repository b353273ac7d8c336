import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import {
  JetStreamAdminError,
  serverFeatures,
  type ConsumerConfig,
  type EnsureResult,
  type StreamAdmin,
  type StreamState,
} from '@jetmesh/jetstream';
import { DispatcherWatch } from './dispatcher-watch.ts';
import { subscribeTrigger } from './subscribe-trigger.ts';
import type { SubscriptionPlan } from './subscription-plan.ts';

const place = { stream: 'S', consumer: 'C' };
const plan: Extract<SubscriptionPlan, { kind: 'subscribe' }> = {
  kind: 'subscribe',
  place,
  subjects: [],
  current: place,
  canBeSeen: true,
  isPaused: false,
  startFrom: { kind: 'new' },
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

  it('looks for no dispatcher while a Trigger is paused, and looks anew afterwards', async () => {
    const admin = adminThat({ kind: 'unchanged' });
    const whilePaused = { ...plan, isPaused: true };
    expect(await subscribe(aTrigger('Unknown'), admin, whilePaused)).toMatchObject({
      finding: { status: 'True', reason: 'Paused' },
      consumer: place,
    });
    const resumed = aTrigger('True', 'Paused');
    expect(await subscribe(resumed, admin)).toMatchObject({
      finding: { status: 'Unknown', reason: 'NotSubscribed' },
    });
  });

  it.each([
    [{ kind: 'new' }, 'new'],
    [{ kind: 'beginning' }, 'all'],
    [{ kind: 'sequence', sequence: 7 }, 'by_start_sequence'],
    [{ kind: 'time', time: new Date(0) }, 'by_start_time'],
  ] as const)('makes the first consumer start from %j', async (startFrom, policy) => {
    let config: { deliver_policy?: string } = {};
    const admin = adminThat({ kind: 'created' }, (wanted) => (config = wanted));
    await subscribe(aTrigger('Unknown'), admin, { ...plan, current: undefined, startFrom });
    expect(config.deliver_policy).toBe(policy);
    await subscribe(aTrigger('Unknown'), admin, { ...plan, startFrom });
    expect(config.deliver_policy).toBe('all');
  });

  it('says when the history that a Trigger wants is not kept', async () => {
    const admin = adminThat({ kind: 'unchanged' });
    const fromBeginning = { ...plan, startFrom: { kind: 'beginning' } } as const;
    expect(await subscribe(aTrigger('True'), admin, fromBeginning)).toMatchObject({
      finding: { status: 'True', reason: 'HistoryNotKept' },
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

function subscribe(trigger: Trigger, admin: StreamAdmin, wanted: SubscriptionPlan = plan) {
  const context = {
    admin,
    features: serverFeatures('2.9.10'),
    watch: new DispatcherWatch(),
    replicas: { list: () => Promise.resolve([]) },
  };
  return subscribeTrigger(trigger, wanted, context);
}

function adminThat(
  answer: EnsureResult | Error,
  onEnsure: (config: ConsumerConfig) => void = () => undefined,
): StreamAdmin {
  const ensureConsumer: StreamAdmin['ensureConsumer'] = (_stream, config) => {
    onEnsure(config);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const admin: Partial<StreamAdmin> = {
    ensureConsumer,
    streamState: () => Promise.resolve({ retention: 'consumed' } as StreamState),
    consumerState: () => Promise.resolve(undefined),
  };
  return admin as StreamAdmin;
}

function aTrigger(status: 'True' | 'Unknown', reason?: string): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'orders', uid: 't1', generation: 1 },
    spec: { subscriber: {} },
    status: {
      observedGeneration: 1,
      conditions: [{ type: 'SubscriptionReady', status, ...(reason && { reason }) }],
      annotations: { 'jetmesh.dev/stream': 'S', 'jetmesh.dev/consumer': 'C' },
    },
  };
}
