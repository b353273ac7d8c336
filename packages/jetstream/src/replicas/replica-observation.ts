interface Sighting {
  readonly beat: number;
  readonly seenAt: number;
  readonly isDead: boolean;
}

const capacity = 1_000;
/** Of a replica that is only known by name, from a claim. */
const noBeat = -1;

/**
 * What one observer has seen of the others, by its own clock alone. A replica is dead when its heartbeat has not
 * changed for a term and a look at what is stored confirms that; a new heartbeat brings it back.
 */
export class ReplicaObservation {
  readonly #termMs: number;
  readonly #sightings = new Map<string, Sighting>();

  constructor(termMs: number) {
    this.#termMs = termMs;
  }

  observe(id: string, beat: number, at: number): void {
    const known = this.#sightings.get(id);
    if (known?.beat === beat) return;
    this.#sightings.delete(id);
    this.#sightings.set(id, { beat, seenAt: at, isDead: false });
    if (this.#sightings.size > capacity) this.#forgetOldest();
  }

  /** Starts to watch one that no heartbeat has told of. */
  expect(id: string, at: number): void {
    if (!this.#sightings.has(id)) this.observe(id, noBeat, at);
  }

  /** Those that may be dead: unchanged for a term, as far as this observer has heard. */
  silent(at: number): string[] {
    return [...this.#sightings]
      .filter(([, { seenAt, isDead }]) => !isDead && at - seenAt >= this.#termMs)
      .map(([id]) => id);
  }

  /** With the beat that is stored now, undefined for none. True when that makes the replica dead. */
  confirm(id: string, storedBeat: number | undefined, at: number): boolean {
    const known = this.#sightings.get(id);
    if (known === undefined || at - known.seenAt < this.#termMs) return false;
    if (storedBeat !== undefined && storedBeat !== known.beat) {
      this.observe(id, storedBeat, at);
      return false;
    }
    this.#sightings.set(id, { ...known, isDead: true });
    return true;
  }

  isDead(id: string): boolean {
    return this.#sightings.get(id)?.isDead === true;
  }

  live(): string[] {
    return [...this.#sightings].filter(([, { isDead }]) => !isDead).map(([id]) => id);
  }

  #forgetOldest(): void {
    for (const id of this.#sightings.keys()) {
      this.#sightings.delete(id);
      return;
    }
  }
}
