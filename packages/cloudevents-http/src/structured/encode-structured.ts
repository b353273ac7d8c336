import type { CloudEvent } from '../cloud-event.ts';
import type { HttpMessage } from '../http-message.ts';
import { writeJsonEvent } from './write-json-event.ts';

/** Writes an event in structured mode; without a charset, which some receivers do not expect. */
export function encodeStructured(event: CloudEvent): HttpMessage {
  return { headers: ['content-type', 'application/cloudevents+json'], body: writeJsonEvent(event) };
}
