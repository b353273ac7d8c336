/**
 * A bounded cache for few hot keys. What was used since the last turnover survives the next one; a turnover happens
 * when the young half is full. Cheaper a hit than an exact LRU order, and as good for a small working set.
 */
export class TwoGenerationCache<V> {
  readonly #capacity: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string, compute: (key: string) => V): V {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const value = this.#old.get(key) ?? compute(key);
    this.#keep(key, value);
    return value;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  #keep(key: string, value: V): void {
    if (this.#young.size * 2 >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
