import type { AckSubject } from '../wire/ack-subject.ts';
import type { ClientMessage } from '../wire/client-message.ts';

/** A message of a stream as it arrived, with what its reply subject says. */
export interface DeliveredMessage {
  readonly message: ClientMessage;
  readonly replySubject: string;
  readonly parsed: AckSubject;
}

/** As the server counts it against `max_bytes` of a pull. */
export function deliveredBytes(message: ClientMessage): number {
  const { subject, reply } = message._msg;
  return subject.length + (reply?.length ?? 0) + message._rdata.length;
}
