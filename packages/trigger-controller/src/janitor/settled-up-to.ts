import type { ConsumerState } from '@jetmesh/jetstream';

/**
 * The sequence up to which every consumer has settled what it wanted. `lastSequence` must have been read before the
 * consumers: then an idle one has settled everything up to it.
 */
export function settledUpTo(lastSequence: number, consumers: readonly ConsumerState[]): number {
  return Math.min(
    lastSequence,
    ...consumers
      .filter(({ numPending, numAckPending }) => numPending > 0 || numAckPending > 0)
      .map(({ ackFloorStreamSequence }) => ackFloorStreamSequence),
  );
}
