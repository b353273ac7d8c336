import { objectKey, type HttpSource } from '@jetmesh/eventing-api';

/** Of HTTPSources that claim one source, the one that has it: the oldest, then the first by key, as the adapter decides. */
export function oldestOfSource(claimants: readonly HttpSource[]): HttpSource | undefined {
  return claimants.toSorted(byAge)[0];
}

function byAge({ metadata: a }: HttpSource, { metadata: b }: HttpSource): number {
  return (
    compare(a.creationTimestamp ?? '', b.creationTimestamp ?? '') ||
    compare(objectKey(a), objectKey(b))
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
