import type { StreamAdmin, StreamState } from '@jetmesh/jetstream';

type Range = Pick<StreamState, 'firstSequence' | 'lastSequence'> & { readonly name: string };

/**
 * The sequence of the newest event that was stored before that time; that of none when all are younger. The server has
 * no question for it that leaves no consumer behind, so it is found by halving: some twenty reads in a large stream.
 */
export async function lastStoredBefore(
  admin: Pick<StreamAdmin, 'readOldest'>,
  { name, firstSequence, lastSequence }: Range,
  limitMs: number,
): Promise<number> {
  let low = firstSequence - 1;
  let high = lastSequence;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const next = await admin.readOldest(name, '>', middle);
    if (next === undefined || next.timestampMs >= limitMs) high = middle - 1;
    else low = Math.min(next.sequence, high);
  }
  return low;
}
