import { conditionOf, type ConditionFinding, type Trigger } from '@jetmesh/eventing-api';
import {
  consumerConfig,
  groupConsumerConfig,
  retrySubject,
  type EnsureResult,
} from '@jetmesh/jetstream';
import { ownConsumerLimits, sharedConsumerLimits } from './consumer-limits.ts';
import { isInStatus, isSubscriptionConfirmed } from './consumer-place.ts';
import { isKnownToReplicas } from './is-known-to-replicas.ts';
import { seeDispatcher } from './see-dispatcher.ts';
import { confirmed, paused } from './subscription-findings.ts';
import type { SubscribeContext, SubscriptionOutcome } from './subscription-outcome.ts';
import { subscriberNotResolved, type SubscriptionPlan } from './subscription-plan.ts';

type Joining = Extract<SubscriptionPlan, { kind: 'join' }>;

const nextLookMs = 200;

/**
 * The consumers first, then status with the Trigger's place, then every dispatcher has been heard to know it, then
 * Ready: the shared consumer hands each event to one replica, which must not miss a member.
 */
export async function joinGroup(
  trigger: Trigger,
  plan: Joining,
  context: SubscribeContext,
): Promise<SubscriptionOutcome> {
  const isFirst = plan.current === undefined;
  if (isFirst && (await context.admin.streamState(plan.place.stream)) === undefined) {
    return { finding: notPrepared, consumer: undefined, nextLookMs };
  }
  const results = await ensureConsumers(trigger, plan, context);
  const outcome = await confirm(trigger, plan, context);
  const wasCreated = results.some(({ kind }) => kind === 'created');
  return { ...outcome, wasLost: wasCreated && plan.current !== undefined };
}

/** Retries first: an event may be stored for the Trigger as soon as somebody knows it as a member. */
async function ensureConsumers(
  { metadata }: Trigger,
  { place, current }: Joining,
  { admin, features }: SubscribeContext,
): Promise<EnsureResult[]> {
  const uid = metadata.uid ?? '';
  const retries = { ...ownConsumerLimits, start: { kind: 'all' } } as const;
  const own = consumerConfig(uid, [retrySubject(place.stream, uid)], retries, features);
  const start = { kind: current === undefined ? 'new' : 'all' } as const;
  const shared = groupConsumerConfig({ ...sharedConsumerLimits, start });
  return [
    await admin.ensureConsumer(place.stream, { ...own, durable_name: place.consumer }),
    await admin.ensureConsumer(place.sharedStream, shared),
  ];
}

async function confirm(
  trigger: Trigger,
  { place, canBeSeen, isPaused }: Joining,
  context: SubscribeContext,
): Promise<SubscriptionOutcome> {
  if (!canBeSeen) {
    context.watch.forget(trigger.metadata.uid ?? '');
    return { finding: subscriberNotResolved, consumer: place };
  }
  if (!isInStatus(trigger, place)) return { finding: notKnown, consumer: place };
  const outcome = { finding: isPaused ? paused : confirmed, consumer: place };
  if (isMember(trigger) && (isPaused || isSubscriptionConfirmed(trigger))) return outcome;
  if (!isKnownToReplicas(trigger, await context.replicas.list())) {
    return { finding: notKnown, consumer: place, nextLookMs };
  }
  return isPaused ? outcome : ((await seeDispatcher(trigger, place, context)) ?? outcome);
}

/** Said so before, for the generation that it has now: whoever delivers knows it. */
function isMember(trigger: Trigger): boolean {
  return (
    trigger.status?.observedGeneration === trigger.metadata.generation &&
    conditionOf(trigger, 'SubscriptionReady')?.status === 'True'
  );
}

const notPrepared: ConditionFinding = {
  status: 'Unknown',
  reason: 'NotSubscribed',
  message: 'The Broker is preparing to let its Triggers share a consumer.',
};

const notKnown: ConditionFinding = {
  status: 'Unknown',
  reason: 'NotSubscribed',
  message: 'Not every dispatcher has been heard to know the Trigger yet.',
};
