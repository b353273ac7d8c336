import { triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { Outbox, streamName, type StoredMessage } from '@jetmesh/jetstream';
import type { DeadLetterSource } from './dead-letter-source.ts';
import type { DeadLetterStream } from './dead-letter-streams.ts';
import { headerValue } from './header-value.ts';
import { replayMessage } from './replay-message.ts';
import { replayRefusal } from './replay-refusal.ts';

export interface ReplayResult {
  readonly replayedCount: number;
  /** Those that stay parked, and why. */
  readonly refused: readonly { readonly sequence: number; readonly reason: string }[];
}

const limits = { maxOutstandingCount: 1, maxOutstandingBytes: 64 * 1024 ** 2, deadlineMs: 10_000 };

/** Stores each event again for the Trigger that it failed for; only then it leaves the dead-letter stream. */
export async function replayEvents(
  source: DeadLetterSource,
  from: DeadLetterStream,
  sequences: readonly number[],
  signal: AbortSignal,
): Promise<ReplayResult> {
  const outbox = new Outbox(source.connection, limits);
  const refused: { sequence: number; reason: string }[] = [];
  let replayedCount = 0;
  try {
    for (const sequence of new Set(sequences)) {
      signal.throwIfAborted();
      const reason = await replayOne({ ...source, outbox }, from, sequence);
      if (reason === undefined) replayedCount += 1;
      else refused.push({ sequence, reason });
    }
  } finally {
    await outbox.close();
  }
  return { replayedCount, refused };
}

/** Why it stays parked; undefined once it is on its way. */
async function replayOne(
  { admin, client, outbox }: DeadLetterSource & { readonly outbox: Outbox },
  { stream: deadLetterStream, brokerUid }: DeadLetterStream,
  sequence: number,
): Promise<string | undefined> {
  const parked = await admin.readMessage(deadLetterStream, sequence);
  if (parked === undefined) return 'it is not parked any more';
  const trigger = await triggerOf(parked, client);
  const refusal = replayRefusal(parked, trigger, streamName(brokerUid));
  if (refusal !== undefined) return refusal;
  const triggerUid = trigger?.metadata.uid ?? '';
  const route = { deadLetterStream, brokerUid, triggerUid };
  const outcome = await outbox.publish(replayMessage(parked, route));
  if (outcome.kind !== 'stored') return `the Broker's stream did not take it (${outcome.kind})`;
  await admin.deleteMessage(deadLetterStream, sequence);
  return undefined;
}

async function triggerOf(
  { headers }: StoredMessage,
  client: DeadLetterSource['client'],
): Promise<Trigger | undefined> {
  const key = headerValue(headers, 'jetmesh-trigger');
  return key === undefined ? undefined : client.get<Trigger>(triggerKind, key);
}
