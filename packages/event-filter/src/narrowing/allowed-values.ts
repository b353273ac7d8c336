import type { AllowedValue } from './narrowing.ts';

/** A list of allowed values that answers questions without walking through all of them. */
export class AllowedValues {
  readonly #exact = new Set<string>();
  readonly #prefixes = new Set<string>();
  readonly #prefixLengths: ReadonlySet<number>;

  constructor(values: readonly AllowedValue[]) {
    for (const { kind, value } of values) {
      (kind === 'exact' ? this.#exact : this.#prefixes).add(value);
    }
    this.#prefixLengths = new Set([...this.#prefixes].map(({ length }) => length));
  }

  /** Whether everything that the one value allows is allowed here. */
  covers({ kind, value }: AllowedValue): boolean {
    return (kind === 'exact' && this.#exact.has(value)) || this.#hasPrefixOf(value, value.length);
  }

  /** The same values without those that another one covers. */
  simplified(): AllowedValue[] {
    const exact = [...this.#exact].filter((value) => !this.#hasPrefixOf(value, value.length));
    const prefixes = [...this.#prefixes].filter(
      (value) => !this.#hasPrefixOf(value, value.length - 1),
    );
    return [
      ...exact.map((value) => ({ kind: 'exact', value }) as const),
      ...prefixes.map((value) => ({ kind: 'prefix', value }) as const),
    ];
  }

  #hasPrefixOf(value: string, maxLength: number): boolean {
    for (const length of this.#prefixLengths) {
      if (length <= maxLength && this.#prefixes.has(value.slice(0, length))) return true;
    }
    return false;
  }
}
