import type { StreamSummary } from '@jetmesh/jetstream';

type PurgedStream = Pick<
  StreamSummary,
  'retention' | 'messages' | 'bytes' | 'maxBytes' | 'firstSequence' | 'lastSequence'
>;

/** A stream of kept events that is fuller than this gives up history. */
const fullPart = 0.9;
const givenUpPart = 0.1;

/**
 * Up to which sequence a stream may be purged, when everything up to `settledUpTo` is settled. What is kept stays until
 * the stream is nearly full; then the oldest tenth goes, so that history never makes the ingress refuse. What a Trigger
 * has not settled never goes.
 */
export function purgeableUpTo(stream: PurgedStream, settledUpTo: number): number {
  const { retention, messages, bytes, maxBytes, firstSequence, lastSequence } = stream;
  if (messages === 0) return 0;
  if (retention === 'consumed') return settledUpTo;
  if (maxBytes <= 0 || bytes < maxBytes * fullPart) return 0;
  const width = lastSequence - firstSequence + 1;
  return Math.min(settledUpTo, firstSequence + Math.ceil(width * givenUpPart) - 1);
}
