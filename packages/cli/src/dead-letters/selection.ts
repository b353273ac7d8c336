import { readHeaders } from '@jetmesh/jetstream';
import type { DeadLetterSource } from './dead-letter-source.ts';
import type { DeadLetterStream } from './dead-letter-streams.ts';
import { parkedEventOf, type ParkedEvent } from './parked-event.ts';

/** Which parked events are meant; what is absent is free. */
export interface Selection {
  readonly trigger?: string;
  readonly reason?: string;
  /** Parked within this time. */
  readonly sinceMs?: number;
}

export function isSelected(event: ParkedEvent, { trigger, reason }: Selection): boolean {
  const isOfTrigger = trigger === undefined || event.trigger === trigger;
  return isOfTrigger && (reason === undefined || event.reason === reason);
}

/** The selected events of one stream in their order, up to the newest one at the start. */
export async function* selectedEvents(
  { connection }: DeadLetterSource,
  { broker, stream }: DeadLetterStream,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<ParkedEvent, void, undefined> {
  const { sinceMs } = selection;
  const range = sinceMs === undefined ? {} : { since: new Date(Date.now() - sinceMs) };
  for await (const message of readHeaders(connection, stream, range)) {
    signal.throwIfAborted();
    const event = parkedEventOf(message, broker);
    if (isSelected(event, selection)) yield event;
  }
}
