import { createHash } from 'node:crypto';
import type { CloudEvent } from '@jetmesh/cloudevents-http';

/** The `Nats-Msg-Id` of an event where its Broker stores events with the same `source` and `id` once. */
export function eventMessageId(brokerUid: string, { attributes }: CloudEvent): string {
  const identity = [brokerUid, attributes.get('source') ?? '', attributes.get('id') ?? ''];
  return `event-${createHash('sha256').update(JSON.stringify(identity)).digest('base64url')}`;
}
