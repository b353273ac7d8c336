import type { CloudEvent } from '../cloud-event.ts';
import type { HttpMessage } from '../http-message.ts';
import { writeJsonEvent } from './write-json-event.ts';

const comma = Buffer.from(',');

/** Writes events in batched mode. */
export function encodeBatch(events: readonly CloudEvent[]): HttpMessage {
  const parts = events.flatMap((event, index) =>
    index === 0 ? [writeJsonEvent(event)] : [comma, writeJsonEvent(event)],
  );
  return {
    headers: ['content-type', 'application/cloudevents-batch+json'],
    body: Buffer.concat([Buffer.from('['), ...parts, Buffer.from(']')]),
  };
}
