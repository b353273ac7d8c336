import { AllowedValues } from './allowed-values.ts';
import type { AllowedValue, Narrowing } from './narrowing.ts';

/** What is known of an event that satisfies all of them. */
export function intersectNarrowings(narrowings: readonly Narrowing[]): Narrowing {
  const both = new Map<string, readonly AllowedValue[]>();
  for (const narrowing of narrowings) {
    for (const [name, values] of narrowing) {
      const earlier = both.get(name);
      both.set(name, earlier === undefined ? values : intersect(earlier, values));
    }
  }
  return both;
}

/** Two entries have values in common only where one covers the other: then the covered one is what they share. */
function intersect(left: readonly AllowedValue[], right: readonly AllowedValue[]): AllowedValue[] {
  const leftValues = new AllowedValues(left);
  const rightValues = new AllowedValues(right);
  const common = [
    ...left.filter((value) => rightValues.covers(value)),
    ...right.filter((value) => leftValues.covers(value)),
  ];
  return new AllowedValues(common).simplified();
}
