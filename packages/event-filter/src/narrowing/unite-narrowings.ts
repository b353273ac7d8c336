import { AllowedValues } from './allowed-values.ts';
import { free } from './free.ts';
import type { AllowedValue, Narrowing } from './narrowing.ts';

/** What is known of an event that satisfies one of them: attributes that each of them constrains. */
export function uniteNarrowings(narrowings: readonly Narrowing[]): Narrowing {
  const possible = narrowings.filter((narrowing) => !isImpossible(narrowing));
  const [first = narrowings[0] ?? free, ...others] = possible;
  const names = [...first.keys()].filter((name) => others.every((other) => other.has(name)));
  return new Map(names.map((name) => [name, union([first, ...others], name)]));
}

function union(narrowings: readonly Narrowing[], name: string): AllowedValue[] {
  const values = narrowings.flatMap((narrowing) => narrowing.get(name) ?? []);
  return new AllowedValues(values).simplified();
}

function isImpossible(narrowing: Narrowing): boolean {
  return [...narrowing.values()].some((values) => values.length === 0);
}
