import { eventSubject, Outbox, type JetStreamConnection } from '@jetmesh/jetstream';
import { randomUUID } from 'node:crypto';

/** Stores one event of a Broker as the ingress would. */
export async function publishEvent(
  connection: JetStreamConnection,
  brokerUid: string,
  event: { type: string; text: string; source?: string },
): Promise<void> {
  const outbox = new Outbox(connection, {
    maxOutstandingCount: 10,
    maxOutstandingBytes: 1_000_000,
    deadlineMs: 5_000,
  });
  const { type, text, source = 'test' } = event;
  const outcome = await outbox.publish({
    subject: eventSubject(brokerUid, { type, source }),
    headers: [
      ...['ce-specversion', '1.0'],
      ...['ce-id', text],
      'ce-type',
      type,
      'ce-source',
      source,
    ],
    data: Buffer.from(text),
    messageId: randomUUID(),
  });
  await outbox.close();
  if (outcome.kind !== 'stored') throw new Error(`Not stored: ${outcome.kind}`);
}
