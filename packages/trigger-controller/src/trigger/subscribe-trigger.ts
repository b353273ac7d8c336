import {
  conditionOf,
  type ConditionFinding,
  type StartFrom,
  type Trigger,
} from '@jetmesh/eventing-api';
import {
  consumerConfig,
  type ConsumerSettings,
  JetStreamAdminError,
  type EnsureResult,
  type StreamAdmin,
} from '@jetmesh/jetstream';
import { isInStatus, isSubscriptionConfirmed, type ConsumerPlace } from './consumer-place.ts';
import { consumerFamilyOf, familyOf } from './consumer-owner.ts';
import { ownConsumerLimits } from './consumer-limits.ts';
import { joinGroup } from './join-group.ts';
import { seeDispatcher } from './see-dispatcher.ts';
import { confirmed, notSeen, paused } from './subscription-findings.ts';
import type { SubscribeContext, SubscriptionOutcome } from './subscription-outcome.ts';
import { subscriberNotResolved, type SubscriptionPlan } from './subscription-plan.ts';

type Subscribing = Extract<SubscriptionPlan, { kind: 'subscribe' }>;

const historyNotKept: ConditionFinding = {
  status: 'True',
  reason: 'HistoryNotKept',
  message:
    'jetmesh.dev/start-from: the stream of this Broker keeps no event that every Trigger has got.',
};

/**
 * Consumer first, then status with its place, then a dispatcher is seen pulling, then Ready; a consumer that a changed
 * filter replaced goes last. Each reconcile takes the steps that are due.
 */
export async function subscribeTrigger(
  trigger: Trigger,
  plan: SubscriptionPlan,
  context: SubscribeContext,
): Promise<SubscriptionOutcome> {
  if (plan.kind === 'hold') return { finding: plan.finding, consumer: plan.current };
  try {
    if (plan.kind === 'join') return await joinGroup(trigger, plan, context);
    const result = await ensure(trigger, plan, context);
    const outcome = await confirm(trigger, plan, context);
    const history = await remarkOnHistory(outcome, plan, context);
    return { ...outcome, ...history, ...remarks(result, outcome, plan) };
  } catch (error) {
    if (error instanceof JetStreamAdminError) return failed(trigger, plan, error);
    throw error;
  }
}

/** `all` counts only when the consumer that status names is gone: rather an event twice than never. */
async function ensure(
  trigger: Trigger,
  { place, subjects, current, startFrom }: Subscribing,
  { admin, features }: SubscribeContext,
): Promise<EnsureResult> {
  const start = current === undefined ? firstStart(startFrom) : ({ kind: 'all' } as const);
  const settings = { ...ownConsumerLimits, start };
  const uid = trigger.metadata.uid ?? '';
  const config = consumerConfig(uid, subjects, settings, features);
  return admin.ensureConsumer(place.stream, { ...config, durable_name: place.consumer });
}

function firstStart(startFrom: StartFrom): ConsumerSettings['start'] {
  return startFrom.kind === 'beginning' ? { kind: 'all' } : startFrom;
}

async function confirm(
  trigger: Trigger,
  { place, canBeSeen, isPaused }: Subscribing,
  { admin, watch }: SubscribeContext,
): Promise<SubscriptionOutcome> {
  const uid = trigger.metadata.uid ?? '';
  if (!canBeSeen) {
    watch.forget(uid);
    return { finding: subscriberNotResolved, consumer: place };
  }
  if (isPaused) {
    watch.forget(uid);
    return { finding: paused, consumer: place };
  }
  if (!isInStatus(trigger, place)) return { finding: notSeen(place), consumer: place };
  if (isSubscriptionConfirmed(trigger)) return { finding: confirmed, consumer: place };
  const unseen = await seeDispatcher(trigger, place, { admin, watch });
  if (unseen !== undefined) return unseen;
  if (hasChanged(trigger)) await removeReplaced(uid, place, admin);
  return { finding: confirmed, consumer: place };
}

async function remarkOnHistory(
  { finding }: SubscriptionOutcome,
  { place, startFrom }: Subscribing,
  { admin }: SubscribeContext,
): Promise<Partial<SubscriptionOutcome>> {
  if (startFrom.kind === 'new' || finding !== confirmed) return {};
  const state = await admin.streamState(place.stream);
  return state?.retention === 'consumed' ? { finding: historyNotKept } : {};
}

/** Without a change of its spec it has had no other filter; listing the consumers of a large stream is dear. */
function hasChanged({ metadata }: Trigger): boolean {
  return (metadata.generation ?? 1) > 1;
}

async function removeReplaced(
  triggerUid: string,
  { stream, consumer }: ConsumerPlace,
  admin: StreamAdmin,
): Promise<void> {
  for (const { name } of await admin.listConsumers(stream)) {
    if (name !== consumer && familyOf(name) === consumerFamilyOf(triggerUid)) {
      await admin.deleteConsumer(stream, name);
    }
  }
}

function remarks(
  result: EnsureResult,
  { finding }: SubscriptionOutcome,
  { place, current }: Subscribing,
): Partial<SubscriptionOutcome> {
  if (result.kind === 'created') return { wasLost: current?.consumer === place.consumer };
  if (result.kind !== 'immutable' || finding.status !== 'True') return {};
  const message = `The server cannot change in place: ${result.fields.join(', ')}.`;
  return { finding: { ...finding, reason: 'ImmutableFields', message } };
}

/** While JetStream is away nothing is known to be wrong: what was confirmed stays so. */
function failed(
  trigger: Trigger,
  { place, current }: Pick<Subscribing, 'place' | 'current'>,
  failure: JetStreamAdminError,
): SubscriptionOutcome {
  if (failure.code === 'api-error') {
    const finding = { status: 'False', reason: 'NotSubscribed', message: failure.message } as const;
    return { finding, consumer: current, failure };
  }
  const ready = conditionOf(trigger, 'SubscriptionReady');
  const isUnchanged = isSubscriptionConfirmed(trigger) && isInStatus(trigger, place);
  const finding: ConditionFinding =
    ready !== undefined && isUnchanged
      ? confirmed
      : { status: 'Unknown', reason: 'JetStreamUnavailable', message: failure.message };
  return { finding, consumer: current, failure };
}
