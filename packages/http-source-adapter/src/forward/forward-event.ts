import { encodeBinary, type CloudEvent, type HttpMessage } from '@jetmesh/cloudevents-http';
import type { AddressedBroker, BrokerRoute } from '../routing/broker-route.ts';
import { combinedOutcome, type ForwardOutcome } from './forward-outcome.ts';

/** Sends one message to one Broker. */
export interface BrokerPoster {
  post(broker: AddressedBroker, message: HttpMessage): Promise<ForwardOutcome>;
}

export interface EventToForward {
  readonly event: CloudEvent;
  /** Whether the sender chose the event's id, so that its retry carries the same one. */
  readonly hasSenderId: boolean;
  /** Headers that go along from hop to hop, name after value. */
  readonly carried: readonly string[];
}

/** Sends an event to all of `brokers` at once; it is stored only when each of them stored it. */
export function forwardEvent(
  poster: BrokerPoster,
  brokers: readonly BrokerRoute[],
  { event, hasSenderId, carried }: EventToForward,
): Promise<ForwardOutcome> {
  const message = encodeBinary(event);
  const { headers } = message;
  headers.push(...carried);
  if (hasSenderId) headers.push('idempotency-key', encodedId(headers));
  const posts = brokers.map((broker) => post(poster, broker, message));
  const [only] = posts;
  return posts.length === 1 && only !== undefined ? only : Promise.all(posts).then(combinedOutcome);
}

function post(
  poster: BrokerPoster,
  broker: BrokerRoute,
  message: HttpMessage,
): Promise<ForwardOutcome> {
  return broker.kind === 'addressed'
    ? poster.post(broker, message)
    : Promise.resolve({ kind: 'no-broker', detail: broker.reason });
}

/** The id as the header `ce-id` has it: any id is safe in a header that way. */
function encodedId(headers: readonly string[]): string {
  return headers[headers.indexOf('ce-id') + 1] ?? '';
}
