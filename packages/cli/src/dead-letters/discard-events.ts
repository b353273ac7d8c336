import type { DeadLetterSource } from './dead-letter-source.ts';

/** Removes these messages of a stream; returns how many were there. */
export async function discardEvents(
  { admin }: Pick<DeadLetterSource, 'admin'>,
  stream: string,
  sequences: readonly number[],
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  for (const sequence of new Set(sequences)) {
    signal.throwIfAborted();
    if (await admin.deleteMessage(stream, sequence)) count += 1;
  }
  return count;
}
