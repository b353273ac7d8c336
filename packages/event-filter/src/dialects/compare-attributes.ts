import { attributeReader, isPlainAttribute } from '../attribute-reader.ts';
import type { CompiledFilter } from '../compiled-filter.ts';
import type { AllowedValue } from '../narrowing/narrowing.ts';
import type { AttributeEntry } from './attribute-map.ts';

export interface Comparison {
  readonly compare: (actual: string, expected: string) => boolean;
  /** What is known of the value when the comparison holds. */
  readonly allowed: (expected: string) => AllowedValue | undefined;
}

/** Matches where every attribute is there and compares well. */
export function compareAttributes(
  entries: readonly AttributeEntry[],
  { compare, allowed }: Comparison,
): CompiledFilter {
  const terms = entries.map(([name, expected]) => ({ read: attributeReader(name), expected }));
  const narrowing = entries.flatMap(([name, expected]) => {
    const value = isPlainAttribute(name) ? allowed(expected) : undefined;
    return value === undefined ? [] : [[name, [value]] as const];
  });
  return {
    narrowing: new Map(narrowing),
    matches: (attributes) =>
      terms.every(({ read, expected }) => {
        const actual = read(attributes);
        return actual !== undefined && compare(actual, expected);
      }),
  };
}
