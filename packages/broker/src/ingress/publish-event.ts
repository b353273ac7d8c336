import { type CloudEvent, encodeBinary } from '@jetmesh/cloudevents-http';
import { eventSubject, type Outbox, type PublishOutcome } from '@jetmesh/jetstream';
import type { BrokerEntry } from './broker-directory.ts';

export interface Publication {
  readonly broker: BrokerEntry;
  readonly event: CloudEvent;
  readonly carriedHeaders: readonly string[];
  readonly messageId: string;
}

/**
 * What an event may grow by when it is parked. One that filled NATS' whole payload could never be put aside, and would
 * be redelivered for ever.
 */
const reserveBytes = 4096;

/** Stores one event in its Broker's stream, in binary form whatever mode it came in. */
export function publishEvent(
  outbox: Pick<Outbox, 'publish'>,
  { broker, event, carriedHeaders, messageId }: Publication,
  maxPayloadBytes: number,
): Promise<PublishOutcome> {
  const { attributes } = event;
  const { headers, body } = encodeBinary(event);
  for (const part of carriedHeaders) headers.push(part);
  const limitBytes = maxPayloadBytes - reserveBytes;
  if (sizeOf(headers) + body.length > limitBytes) {
    return Promise.resolve({ kind: 'too-large', limitBytes });
  }
  const subject = eventSubject(broker.uid, {
    type: attributes.get('type') ?? '',
    source: attributes.get('source') ?? '',
  });
  return outbox.publish({ subject, headers, data: body, messageId });
}

/** As NATS counts them: a colon, a space and a line end to each pair. */
function sizeOf(headers: readonly string[]): number {
  let bytes = 0;
  for (const part of headers) bytes += part.length + 2;
  return bytes;
}
