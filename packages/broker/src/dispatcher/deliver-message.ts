import type { CloudEvent } from '@jetmesh/cloudevents-http';
import { JetStreamAdminError } from '@jetmesh/jetstream';
import { chooseDeadLetterSettlement, deadLetterDelayMs } from './choose-dead-letter-settlement.ts';
import { chooseSettlement, type Settlement } from './choose-settlement.ts';
import type { DeliverableMessage } from './deliverable-message.ts';
import type { DeliveryContext } from './delivery-context.ts';
import type { DeliveryRecord, ExhaustedDelivery } from './delivery-record.ts';
import { parkEvent } from './park-event.ts';
import { sendDeadLetter } from './send-dead-letter.ts';
import { tryDelivery } from './try-delivery.ts';

/**
 * Brings one matching event to its subscriber, and settles its message at most once: acknowledged after a 2xx (and the
 * stored reply), after a 2xx of the dead letter sink, or after parking. Else it resolves with the milliseconds after
 * which the event is to be tried again, and its message is still to be settled. Never dropped.
 */
export function deliverMessage(
  message: DeliverableMessage,
  event: CloudEvent,
  context: DeliveryContext,
): Promise<number | undefined> {
  const recalled = context.records.recall(message);
  return recalled instanceof Promise
    ? deliverWhenRead(message, event, recalled, context)
    : deliverRecorded(message, event, recalled, context);
}

async function deliverWhenRead(
  message: DeliverableMessage,
  event: CloudEvent,
  recalled: Promise<DeliveryRecord>,
  context: DeliveryContext,
): Promise<number | undefined> {
  const record = await whenRead(recalled);
  if (context.isAbandoned()) return undefined;
  return record === undefined ? unknownDelayMs : deliverRecorded(message, event, record, context);
}

/** What has happened to the event is not known now, and it could have had all its attempts. */
const unknownDelayMs = 1_000;

async function whenRead(recalled: Promise<DeliveryRecord>): Promise<DeliveryRecord | undefined> {
  try {
    return await recalled;
  } catch (error) {
    if (error instanceof JetStreamAdminError) return undefined;
    throw error;
  }
}

async function deliverRecorded(
  message: DeliverableMessage,
  event: CloudEvent,
  record: DeliveryRecord,
  context: DeliveryContext,
): Promise<number | undefined> {
  if (!isWhole(event)) return park(message, notAnEvent(message, context.now()), context);
  const { exhausted, notBeforeMs } = record;
  if (isInExcess(message, context)) return parkExcess(message, record, context);
  if (exhausted !== undefined) return handOver(message, event, exhausted, context);
  if (notBeforeMs > context.now()) return notBeforeMs - context.now();

  const outcome = await tryDelivery(message, event, context);
  if (context.isAbandoned()) return undefined;
  const attempts = record.attempts + 1;
  const settlement = chooseSettlement(outcome, attempts, context.plan.retryPolicy);
  switch (settlement.kind) {
    case 'ack':
      context.records.forget(message);
      context.counts.settlements.ack += 1;
      message.ack();
      return undefined;
    case 'retry':
      return retryAfter(message, { attempts, delayMs: settlement.delayMs }, context);
    case 'dead-letter':
      return exhaust(message, event, exhaustedBy(settlement, attempts, context), context);
  }
}

async function retryAfter(
  message: DeliverableMessage,
  { attempts, delayMs }: { attempts: number; delayMs: number },
  context: DeliveryContext,
): Promise<number | undefined> {
  const notBeforeMs = context.now() + delayMs;
  const record = { attempts, notBeforeMs, exhausted: undefined };
  if (isInExcess(message, context)) return parkExcess(message, record, context);
  await context.records.remember(message, record);
  context.counts.settlements.retry += 1;
  return delayMs;
}

/** A sink may take long: whoever takes over meanwhile must not call the subscriber again. */
async function exhaust(
  message: DeliverableMessage,
  event: CloudEvent,
  exhausted: ExhaustedDelivery,
  context: DeliveryContext,
): Promise<number | undefined> {
  if (context.plan.deadLetterSink !== undefined) {
    await context.records.remember(message, recordOf(exhausted));
  }
  return handOver(message, event, exhausted, context);
}

function recordOf(exhausted: ExhaustedDelivery): DeliveryRecord {
  return { attempts: exhausted.attemptCount, notBeforeMs: 0, exhausted };
}

function isInExcess({ sequence }: DeliverableMessage, { parkUpTo }: DeliveryContext): boolean {
  return sequence <= parkUpTo();
}

/** An event that was on its way to the sink keeps what it failed with. */
async function parkExcess(
  message: DeliverableMessage,
  { attempts, exhausted }: DeliveryRecord,
  context: DeliveryContext,
): Promise<number | undefined> {
  const { uri: destination } = context.plan.subscriber;
  const data = Buffer.from('the Trigger holds more than its share of the stream');
  const excess = {
    failure: { destination, code: noCode, data },
    attemptCount: attempts,
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

function notAnEvent(message: DeliverableMessage, sinceMs: number): ExhaustedDelivery {
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

function exhaustedBy(
  { reason, failure }: Extract<Settlement, { kind: 'dead-letter' }>,
  attemptCount: number,
  { now }: DeliveryContext,
): ExhaustedDelivery {
  return { reason, failure, attemptCount, deadLetterAttempts: 0, sinceMs: now() };
}

/** To the dead letter sink, or to the dead-letter stream when there is none or it stays down. */
async function handOver(
  message: DeliverableMessage,
  event: CloudEvent,
  exhausted: ExhaustedDelivery,
  context: DeliveryContext,
): Promise<number | undefined> {
  const sink = context.plan.deadLetterSink;
  if (sink === undefined) return park(message, exhausted, context);

  const isTaken = await sendDeadLetter(event, exhausted.failure, message.headers, {
    ...context,
    sink,
  });
  if (context.isAbandoned()) return undefined;
  const attempt = exhausted.deadLetterAttempts + 1;
  const settlement = chooseDeadLetterSettlement({
    isTaken,
    attempt,
    elapsedMs: context.now() - exhausted.sinceMs,
    timeoutMs: context.plan.deadLetterTimeoutMs,
  });
  switch (settlement.kind) {
    case 'ack':
      context.records.forget(message);
      context.counts.settlements['dead-letter'] += 1;
      message.ack();
      return undefined;
    case 'retry':
      return handOverLater(
        message,
        { ...exhausted, deadLetterAttempts: attempt },
        {
          delayMs: settlement.delayMs,
          context,
        },
      );
    case 'park':
      return park(message, { ...exhausted, reason: 'dead-letter-sink-unavailable' }, context);
  }
}

async function park(
  message: DeliverableMessage,
  exhausted: ExhaustedDelivery,
  context: DeliveryContext,
): Promise<number | undefined> {
  const parkedAtMs = context.now();
  const outcome = await parkEvent(message, { ...exhausted, parkedAtMs }, context);
  if (context.isAbandoned()) return undefined;
  if (outcome.kind === 'stored') {
    context.records.forget(message);
    context.counts.settlements.park += 1;
    message.ack();
    return undefined;
  }
  const attempt = exhausted.deadLetterAttempts + 1;
  return handOverLater(
    message,
    { ...exhausted, deadLetterAttempts: attempt },
    {
      delayMs: deadLetterDelayMs(attempt),
      context,
    },
  );
}

async function handOverLater(
  message: DeliverableMessage,
  exhausted: ExhaustedDelivery,
  { delayMs, context }: { delayMs: number; context: DeliveryContext },
): Promise<number> {
  await context.records.remember(message, recordOf(exhausted));
  context.counts.settlements.retry += 1;
  return delayMs;
}
