import { deadLetterSubject, type PublishOutcome } from '@jetmesh/jetstream';
import { errorDataOf } from './dead-letter-event.ts';
import type { DeliveryPlan } from './delivery-plan.ts';
import type { EventPublisher } from './event-publisher.ts';
import { lastingHeaders } from './lasting-headers.ts';
import { messageIdFor } from './message-id.ts';
import type { DeadLetterReason } from './choose-settlement.ts';
import type { Failure } from './outcome.ts';

export interface Parking {
  readonly reason: DeadLetterReason;
  readonly failure: Failure;
  /** Attempts that were made at the subscriber. */
  readonly attemptCount: number;
  readonly parkedAtMs: number;
}

export interface ParkedMessage {
  readonly stream: string;
  readonly sequence: number;
  readonly timestampMs: number;
  readonly headers: readonly string[];
  readonly data: Buffer;
}

/**
 * Stores an undeliverable event, unchanged, in the Broker's dead-letter stream; its `Jetmesh-*` headers tell why.
 * The original may be acknowledged once this is stored.
 */
export async function parkEvent(
  message: ParkedMessage,
  parking: Parking,
  { plan, publisher }: { plan: DeliveryPlan; publisher: EventPublisher },
): Promise<PublishOutcome> {
  return publisher.publish({
    subject: deadLetterSubject(plan.broker.uid, plan.trigger.uid),
    headers: [...lastingHeaders(message.headers), ...parkedHeaders(message, parking, plan)],
    data: message.data,
    messageId: messageIdFor('parked', plan.trigger.uid, message),
  });
}

/** Header names of a parked event: what lists and replays dead letters reads them. */
function parkedHeaders(
  message: ParkedMessage,
  { reason, failure, attemptCount, parkedAtMs }: Parking,
  plan: DeliveryPlan,
): string[] {
  const { trigger, broker } = plan;
  return [
    ...['Jetmesh-Trigger', `${trigger.namespace}/${trigger.name}`],
    ...['Jetmesh-Trigger-Uid', trigger.uid],
    ...['Jetmesh-Broker', `${broker.namespace}/${broker.name}`],
    ...['Jetmesh-Reason', reason],
    ...['Jetmesh-Attempts', String(attemptCount)],
    ...['Jetmesh-Accepted-At', new Date(message.timestampMs).toISOString()],
    ...['Jetmesh-Parked-At', new Date(parkedAtMs).toISOString()],
    ...['Jetmesh-Stream', message.stream],
    ...['Jetmesh-Stream-Sequence', String(message.sequence)],
    ...['Jetmesh-Error-Destination', headerText(failure.destination)],
    ...['Jetmesh-Error-Code', String(failure.code)],
    ...['Jetmesh-Error-Data', errorDataOf(failure)],
  ];
}

/** The ingress leaves 4 KiB for parking: what an operator wrote must not outgrow it, or nothing could be parked. */
const longestText = 500;

/** UTF-8, as the event's own headers; a header is a byte string. */
function headerText(text: string): string {
  return Buffer.from(text.slice(0, longestText), 'utf8').toString('latin1');
}
