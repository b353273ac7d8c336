import type { ShadowCount } from '@jetmesh/eventing-api';

interface Entry {
  readonly broker: string;
  readonly source: string;
  readonly type: string;
  readonly version: string;
  count: number;
  readonly triggers: Map<string, number>;
}

/** Counts by Broker, source, type and Trigger; a kind of event beyond the bound is only counted as such. */
export class ShadowTally {
  readonly #maxKinds: number;
  readonly #entries = new Map<string, Entry>();
  #uncountedCount = 0;

  constructor(maxKinds: number) {
    this.#maxKinds = maxKinds;
  }

  /** Events of kinds that there was no room for. */
  get uncountedCount(): number {
    return this.#uncountedCount;
  }

  add(broker: string, attributes: ReadonlyMap<string, string>, triggers: readonly string[]): void {
    const entry = this.#entry(broker, attributes);
    if (entry === undefined) {
      this.#uncountedCount += 1;
      return;
    }
    entry.count += 1;
    for (const key of triggers) entry.triggers.set(key, (entry.triggers.get(key) ?? 0) + 1);
  }

  /** What was counted of one source. */
  ofSource(source: string): ShadowCount[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.source === source)
      .map((entry) => ({ ...entry, triggers: Object.fromEntries(entry.triggers) }));
  }

  #entry(broker: string, attributes: ReadonlyMap<string, string>): Entry | undefined {
    const source = attributes.get('source') ?? '';
    const type = attributes.get('type') ?? '';
    const version = attributes.get('eventtypeversion') ?? '';
    const name = JSON.stringify([broker, source, type, version]);
    const known = this.#entries.get(name);
    if (known !== undefined) return known;
    if (this.#entries.size >= this.#maxKinds) return undefined;
    const entry: Entry = { broker, source, type, version, count: 0, triggers: new Map() };
    this.#entries.set(name, entry);
    return entry;
  }
}
