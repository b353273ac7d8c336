import type { CloudEvent } from './cloud-event.ts';
import type { HttpMessage } from './http-message.ts';

export function encodeBatch(_events: readonly CloudEvent[]): HttpMessage {
  throw new Error('follows in the next commit');
}
