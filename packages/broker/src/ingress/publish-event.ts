import { type CloudEvent, encodeBinary } from '@jetmesh/cloudevents-http';
import { eventSubject, type Outbox, type PublishOutcome } from '@jetmesh/jetstream';
import type { BrokerEntry } from './broker-directory.ts';

export interface Publication {
  readonly broker: BrokerEntry;
  readonly event: CloudEvent;
  readonly carriedHeaders: readonly string[];
  readonly messageId: string;
}

/** Stores one event in its Broker's stream, in binary form whatever mode it came in. */
export function publishEvent(
  outbox: Pick<Outbox, 'publish'>,
  { broker, event, carriedHeaders, messageId }: Publication,
): Promise<PublishOutcome> {
  const { attributes } = event;
  const { headers, body } = encodeBinary(event);
  for (const part of carriedHeaders) headers.push(part);
  const subject = eventSubject(broker.uid, {
    type: attributes.get('type') ?? '',
    source: attributes.get('source') ?? '',
  });
  return outbox.publish({ subject, headers, data: body, messageId });
}
