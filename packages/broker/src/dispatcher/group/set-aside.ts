import { type PublishOutcome, retrySubject, type StreamMessage } from '@jetmesh/jetstream';
import { type DeliveryRecord, encodeRecord } from '../delivery-record.ts';
import { recordHeader } from '../delivery-records.ts';
import type { EventPublisher } from '../event-publisher.ts';
import { lastingHeaders } from '../lasting-headers.ts';
import { messageIdFor } from '../message-id.ts';

export interface Aside {
  readonly retryStream: string;
  readonly triggerUid: string;
  /** What has happened to the event so far. */
  readonly record: DeliveryRecord;
}

/** Stores a shared event, unchanged, for one member alone; its consumer on the retry stream delivers it from there. */
export async function setAside(
  message: StreamMessage,
  { retryStream, triggerUid, record }: Aside,
  publisher: EventPublisher,
): Promise<PublishOutcome> {
  return publisher.publish({
    subject: retrySubject(retryStream, triggerUid),
    headers: [
      ...lastingHeaders(message.headers),
      ...[recordHeader, encodeRecord(record).toString('base64')],
    ],
    data: message.data,
    messageId: messageIdFor('retry', triggerUid, message),
  });
}
