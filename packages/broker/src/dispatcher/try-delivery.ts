import type { CloudEvent } from '@jetmesh/cloudevents-http';
import { classifyAttempt, neededBodyBytes } from './classify-attempt.ts';
import type { DeliverableMessage } from './deliverable-message.ts';
import type { DeliveryContext } from './delivery-context.ts';
import { forwardReply } from './forward-reply.ts';
import type { DeliveredWithReply, FinalOutcome } from './outcome.ts';
import { presentEvent } from './present-event.ts';
import { requestHeaders } from './request-headers.ts';
import { sendEvent } from './send-event.ts';

/** One attempt at the subscriber, its reply stored. */
export async function tryDelivery(
  message: DeliverableMessage,
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
  message: DeliverableMessage,
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
