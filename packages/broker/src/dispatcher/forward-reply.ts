import {
  carriedHeaders,
  encodeBinary,
  withAttributes,
  type CloudEvent,
} from '@jetmesh/cloudevents-http';
import { eventSubject, type PublishOutcome } from '@jetmesh/jetstream';
import { eventMessageId } from '../event-message-id.ts';
import { timeToLiveAttribute } from '../internal-attributes.ts';
import type { DeliveryPlan } from './delivery-plan.ts';
import type { EventPublisher } from './event-publisher.ts';
import { headerValue } from './header-value.ts';
import { messageIdFor } from './message-id.ts';
import type { DeliveredWithReply, FinalOutcome } from './outcome.ts';

/** The message that was answered: its place in the stream makes the reply's id. */
export interface AnsweredMessage {
  readonly stream: string;
  readonly sequence: number;
  readonly headers: readonly string[];
}

/**
 * Stores a reply in the Broker's stream, as if it had been sent to the Broker's address, and says what that makes of
 * the whole delivery: a reply that is not stored fails it (knative/specs RO-7, DE-6).
 */
export async function forwardReply(
  answer: DeliveredWithReply,
  message: AnsweredMessage,
  original: CloudEvent,
  { plan, publisher }: { plan: DeliveryPlan; publisher: EventPublisher },
): Promise<FinalOutcome> {
  const hopsLeft = Math.min(hopsOf(original) - 1, plan.broker.options.timeToLive ?? Infinity);
  if (hopsLeft <= 0) return refused(plan, 400, `${timeToLiveAttribute}: exhausted`);

  const { attributes } = answer.reply;
  const stored = encodeBinary(
    withAttributes(answer.reply, { [timeToLiveAttribute]: String(hopsLeft) }),
  );
  const outcome = await publisher.publish({
    subject: eventSubject(plan.broker.uid, {
      type: attributes.get('type') ?? '',
      source: attributes.get('source') ?? '',
    }),
    headers: [...stored.headers, ...contextOf(answer, message)],
    data: stored.body,
    messageId: replyMessageId(answer.reply, original, message, plan),
  });
  return outcomeOf(outcome, plan);
}

/**
 * Of a Broker that stores `source` and `id` once, a reply obeys that as if it had been sent to its address; but one that
 * repeats the identity of what it answers is no repetition of it, and would always be lost.
 */
function replyMessageId(
  reply: CloudEvent,
  original: CloudEvent,
  message: AnsweredMessage,
  { broker, trigger }: DeliveryPlan,
): string {
  const isEcho = ['source', 'id'].every(
    (name) => reply.attributes.get(name) === original.attributes.get(name),
  );
  return broker.options.deduplicates && !isEcho
    ? eventMessageId(broker.uid, reply)
    : messageIdFor('reply', trigger.uid, message);
}

/** An event that was put into the stream past the ingress starts anew. */
function hopsOf({ attributes }: CloudEvent): number {
  const hops = Number(attributes.get(timeToLiveAttribute));
  return Number.isInteger(hops) ? hops : 255;
}

/** A subscriber that does not continue the trace itself stays a link of it. */
function contextOf(answer: DeliveredWithReply, message: AnsweredMessage): readonly string[] {
  const own = answer.carriedHeaders;
  if (headerValue(own, 'traceparent') !== undefined) return own;
  const traced = carriedHeaders(message.headers).flatMap((name, index, all) =>
    index % 2 === 0 && isTrace(name) ? [name, all[index + 1] ?? ''] : [],
  );
  return [...own, ...traced];
}

function isTrace(name: string): boolean {
  return /^(traceparent|tracestate)$/i.test(name);
}

function outcomeOf(outcome: PublishOutcome, plan: DeliveryPlan): FinalOutcome {
  switch (outcome.kind) {
    case 'stored':
      return { kind: 'delivered', hasIgnoredBody: false };
    case 'too-large':
      return refused(plan, 413, `the reply exceeds ${outcome.limitBytes} bytes`);
    case 'stream-full':
      return notStored(plan, 507, 'the stream is full');
    case 'no-stream':
      return notStored(plan, 503, 'the Broker has no stream');
    case 'refused':
      return notStored(plan, 503, outcome.detail);
    case 'unavailable':
      return notStored(plan, 503, `NATS: ${outcome.reason}`);
  }
}

function refused(plan: DeliveryPlan, code: number, reason: string): FinalOutcome {
  return { kind: 'rejected', failure: failureAt(plan, code, reason) };
}

function notStored(plan: DeliveryPlan, code: number, reason: string): FinalOutcome {
  return { kind: 'retryable', failure: failureAt(plan, code, reason), retryAfterMs: undefined };
}

function failureAt(plan: DeliveryPlan, code: number, reason: string) {
  return { destination: plan.broker.address, code, data: Buffer.from(`reply: ${reason}`) };
}
