import type { CloudEvent } from '@jetmesh/cloudevents-http';
import type { StreamMessage } from '@jetmesh/jetstream';
import { chooseDeadLetterSettlement, deadLetterDelayMs } from './choose-dead-letter-settlement.ts';
import { chooseSettlement, type Settlement } from './choose-settlement.ts';
import { classifyAttempt, neededBodyBytes } from './classify-attempt.ts';
import type { DeliveryCounts } from './delivery-counts.ts';
import type { DeliveryPlan } from './delivery-plan.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { ExhaustedDeliveries, ExhaustedDelivery } from './exhausted-deliveries.ts';
import { forwardReply } from './forward-reply.ts';
import type { DeliveredWithReply, FinalOutcome } from './outcome.ts';
import { parkEvent } from './park-event.ts';
import { presentEvent } from './present-event.ts';
import { requestHeaders } from './request-headers.ts';
import { sendDeadLetter } from './send-dead-letter.ts';
import { type RequestDispatcher, sendEvent } from './send-event.ts';

/** What delivering for one Trigger works with. */
export interface DeliveryContext {
  readonly plan: DeliveryPlan;
  readonly connections: RequestDispatcher;
  readonly publisher: EventPublisher;
  readonly exhausted: ExhaustedDeliveries;
  readonly counts: DeliveryCounts;
  readonly maxReplyBytes: number;
  readonly observeAttemptMs: (durationMs: number) => void;
  readonly now: () => number;
  /** What is stored up to there is parked without another attempt: the Trigger holds more than its share. */
  readonly parkUpTo: () => number;
  /** The messages have been given back: whoever gets them next decides about them. */
  readonly isAbandoned: () => boolean;
}

/**
 * Brings one matching event to its subscriber, and settles its message exactly once: acknowledged after a 2xx (and
 * the stored reply), after a 2xx of the dead letter sink, or after parking; else redelivered later. Never dropped.
 */
export async function deliverMessage(
  message: StreamMessage,
  event: CloudEvent,
  context: DeliveryContext,
): Promise<void> {
  if (!isWhole(event)) return park(message, notAnEvent(message, context.now()), context);
  const exhausted = context.exhausted.recall(message.sequence);
  if (isInExcess(message, context)) return parkExcess(message, exhausted, context);
  if (exhausted !== undefined) return handOver(message, event, exhausted, context);

  const outcome = await tryDelivery(message, event, context);
  if (context.isAbandoned()) return;
  const settlement = chooseSettlement(outcome, message.deliveryCount, context.plan.retryPolicy);
  switch (settlement.kind) {
    case 'ack':
      context.counts.settlements.ack += 1;
      message.ack();
      return;
    case 'retry':
      if (isInExcess(message, context)) return parkExcess(message, undefined, context);
      retryLater(message, settlement.delayMs, context);
      return;
    case 'dead-letter':
      return handOver(message, event, exhaustedBy(settlement, message, context), context);
  }
}

function isInExcess({ sequence }: StreamMessage, { parkUpTo }: DeliveryContext): boolean {
  return sequence <= parkUpTo();
}

/** An event that was on its way to the sink keeps what it failed with. */
async function parkExcess(
  message: StreamMessage,
  exhausted: ExhaustedDelivery | undefined,
  context: DeliveryContext,
): Promise<void> {
  const { uri: destination } = context.plan.subscriber;
  const data = Buffer.from('the Trigger holds more than its share of the stream');
  const excess = {
    failure: { destination, code: noCode, data },
    attemptCount: message.deliveryCount - 1,
    deadLetterAttempts: 0,
    sinceMs: context.now(),
    ...exhausted,
    reason: 'backlog-exceeded' as const,
  };
  return park(message, excess, context);
}

/** Of a failure that is nobody's answer, as Knative tells of none. */
const noCode = 500;

/** False for what did not come through an ingress: nobody can be called with it. */
function isWhole({ attributes }: CloudEvent): boolean {
  return requiredAttributes.every((name) => attributes.has(name));
}

const requiredAttributes = ['specversion', 'id', 'source', 'type'] as const;

function notAnEvent(message: StreamMessage, sinceMs: number): ExhaustedDelivery {
  const data = Buffer.from('the message lacks attributes that every event has');
  const failure = { destination: message.subject, code: 400, data };
  return {
    reason: 'not-an-event',
    failure,
    attemptCount: 0,
    deadLetterAttempts: message.deliveryCount - 1,
    sinceMs,
  };
}

/** One attempt at the subscriber, its reply stored. */
async function tryDelivery(
  message: StreamMessage,
  event: CloudEvent,
  context: DeliveryContext,
): Promise<FinalOutcome> {
  const { plan, counts } = context;
  const rules = {
    destination: plan.subscriber.uri,
    acceptsReplies: plan.profile === 'cloudevents',
    isStrict: plan.hasStrictReplies,
    maxReplyBytes: context.maxReplyBytes,
  };
  const { headers, body } = presentEvent(event, plan);
  headers.push(...requestHeaders(message.headers, plan.trigger.namespace, true));
  const startedAtMs = context.now();
  const attempt = await sendEvent(
    context.connections,
    plan.subscriber,
    { headers, body },
    {
      timeoutMs: plan.timeoutMs,
      bodyLimit: (status, answerHeaders) => neededBodyBytes(status, answerHeaders, rules),
    },
  );
  const endedAtMs = context.now();
  context.observeAttemptMs(endedAtMs - startedAtMs);
  const outcome = classifyAttempt(attempt, rules, endedAtMs);
  counts.attempts[outcome.kind] += 1;
  if (outcome.kind === 'delivered-with-reply') return storeReply(outcome, message, event, context);
  if (outcome.kind === 'delivered' && outcome.hasIgnoredBody) counts.ignoredBodies += 1;
  return outcome;
}

async function storeReply(
  answer: DeliveredWithReply,
  message: StreamMessage,
  event: CloudEvent,
  context: DeliveryContext,
): Promise<FinalOutcome> {
  const outcome = await forwardReply(answer, message, event, context);
  context.counts.replies[replyResultOf[outcome.kind]] += 1;
  return outcome;
}

const replyResultOf = {
  delivered: 'stored',
  retryable: 'not-stored',
  rejected: 'refused',
} as const;

function exhaustedBy(
  settlement: Extract<Settlement, { kind: 'dead-letter' }>,
  message: StreamMessage,
  { plan, now }: DeliveryContext,
): ExhaustedDelivery {
  // After a restart the count of deliveries tells how often the sink has been tried before.
  const deadLetterAttempts = Math.max(0, message.deliveryCount - plan.retryPolicy.retryCount - 1);
  return {
    reason: settlement.reason,
    failure: settlement.failure,
    attemptCount: message.deliveryCount,
    deadLetterAttempts,
    sinceMs: now(),
  };
}

/** To the dead letter sink, or to the dead-letter stream when there is none or it stays down. */
async function handOver(
  message: StreamMessage,
  event: CloudEvent,
  exhausted: ExhaustedDelivery,
  context: DeliveryContext,
): Promise<void> {
  const sink = context.plan.deadLetterSink;
  if (sink === undefined) return park(message, exhausted, context);

  const isTaken = await sendDeadLetter(event, exhausted.failure, message.headers, {
    ...context,
    sink,
  });
  const attempt = exhausted.deadLetterAttempts + 1;
  const settlement = chooseDeadLetterSettlement({
    isTaken,
    attempt,
    elapsedMs: context.now() - exhausted.sinceMs,
    timeoutMs: context.plan.deadLetterTimeoutMs,
  });
  switch (settlement.kind) {
    case 'ack':
      context.exhausted.forget(message.sequence);
      context.counts.settlements['dead-letter'] += 1;
      message.ack();
      return;
    case 'retry':
      context.exhausted.remember(message.sequence, { ...exhausted, deadLetterAttempts: attempt });
      retryLater(message, settlement.delayMs, context);
      return;
    case 'park':
      return park(message, { ...exhausted, reason: 'dead-letter-sink-unavailable' }, context);
  }
}

async function park(
  message: StreamMessage,
  exhausted: ExhaustedDelivery,
  context: DeliveryContext,
): Promise<void> {
  const parkedAtMs = context.now();
  const outcome = await parkEvent(message, { ...exhausted, parkedAtMs }, context);
  if (outcome.kind === 'stored') {
    context.exhausted.forget(message.sequence);
    context.counts.settlements.park += 1;
    message.ack();
    return;
  }
  const attempt = exhausted.deadLetterAttempts + 1;
  context.exhausted.remember(message.sequence, { ...exhausted, deadLetterAttempts: attempt });
  retryLater(message, deadLetterDelayMs(attempt), context);
}

function retryLater(message: StreamMessage, delayMs: number, context: DeliveryContext): void {
  context.counts.settlements.retry += 1;
  message.nak(delayMs);
}
