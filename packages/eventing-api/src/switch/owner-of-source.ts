import type { HttpSource } from '../http-source/http-source.ts';
import { objectKey } from '../kubernetes/object-key.ts';

/** Of HTTPSources with one source, the one that the adapter routes by: the oldest, then the first by key. */
export function ownerOfSource(
  name: string,
  httpSources: readonly HttpSource[],
): HttpSource | undefined {
  return httpSources
    .filter(({ spec }) => spec.source === name)
    .toSorted((a, b) => compare(ageOf(a), ageOf(b)) || compare(keyOf(a), keyOf(b)))[0];
}

function ageOf({ metadata }: HttpSource): string {
  return metadata.creationTimestamp ?? '';
}

function keyOf({ metadata }: HttpSource): string {
  return objectKey(metadata);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
