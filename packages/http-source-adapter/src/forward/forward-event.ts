import { encodeBinary, type CloudEvent } from '@jetmesh/cloudevents-http';
import type { BrokerAddress, BrokerRoute } from '../routing/broker-route.ts';
import { combinedOutcome, type ForwardOutcome } from './forward-outcome.ts';

/** Sends one message to one Broker. */
export interface BrokerPoster {
  post(
    address: BrokerAddress,
    message: { headers: string[]; body: Buffer },
  ): Promise<ForwardOutcome>;
}

export interface EventToForward {
  readonly event: CloudEvent;
  /** Whether the sender chose the event's id, so that its retry carries the same one. */
  readonly hasSenderId: boolean;
  /** Headers that go along from hop to hop, name after value. */
  readonly carried: readonly string[];
}

/** Sends an event to all of `brokers` at once; it is stored only when each of them stored it. */
export async function forwardEvent(
  poster: BrokerPoster,
  brokers: readonly BrokerRoute[],
  { event, hasSenderId, carried }: EventToForward,
): Promise<ForwardOutcome> {
  const { headers, body } = encodeBinary(event);
  headers.push(...carried);
  if (hasSenderId) headers.push('idempotency-key', encodedId(headers));
  const posts = brokers.map((broker) => post(poster, broker, { headers, body }));
  const [only] = posts;
  return posts.length === 1 && only !== undefined
    ? only
    : combinedOutcome(await Promise.all(posts));
}

async function post(
  poster: BrokerPoster,
  broker: BrokerRoute,
  message: { headers: string[]; body: Buffer },
): Promise<ForwardOutcome> {
  if (broker.kind === 'unaddressed') return { kind: 'no-broker', detail: broker.reason };
  const outcome = await poster.post(broker.address, message);
  return outcome.kind === 'stored'
    ? outcome
    : { ...outcome, detail: `Broker "${broker.key}": ${outcome.detail}` };
}

/** The id as the header `ce-id` has it: any id is safe in a header that way. */
function encodedId(headers: readonly string[]): string {
  return headers[headers.indexOf('ce-id') + 1] ?? '';
}
