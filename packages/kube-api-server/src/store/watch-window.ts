import type { KubeObject } from '../object/kube-object.ts';

/** One committed write. `object` is the new state, or the last one when it is a deletion. */
export interface ObjectChange {
  readonly kind: 'added' | 'modified' | 'deleted';
  readonly revision: number;
  readonly object: KubeObject;
  readonly previous: KubeObject | undefined;
  readonly sizeBytes: number;
}

export interface WatchWindowLimits {
  readonly maxCount: number;
  readonly maxBytes: number;
}

/**
 * The latest changes of one resource, in order of revision. Invariant: every change with a revision above
 * `floor` is held; below it a watch cannot start.
 */
export class WatchWindow {
  floor: number;
  #changes: ObjectChange[] = [];
  #sizeBytes = 0;
  readonly #limits: WatchWindowLimits;

  constructor(floor: number, limits: WatchWindowLimits) {
    this.floor = floor;
    this.#limits = limits;
  }

  push(change: ObjectChange): void {
    this.#changes.push(change);
    this.#sizeBytes += change.sizeBytes;
    while (this.#isOverfull()) this.#forgetOldest();
  }

  /** Changes after a revision (a list of one's own), or undefined when some of them are no longer held. */
  since(revision: number): ObjectChange[] | undefined {
    if (revision < this.floor) return undefined;
    const first = this.#changes.findIndex((change) => change.revision > revision);
    return first === -1 ? [] : this.#changes.slice(first);
  }

  #isOverfull(): boolean {
    const { maxCount, maxBytes } = this.#limits;
    return this.#changes.length > maxCount || this.#sizeBytes > maxBytes;
  }

  /** Drops a tenth at once, so that a full window does not shift its array with each change. */
  #forgetOldest(): void {
    const count = Math.max(1, Math.floor(this.#changes.length / 10));
    for (const change of this.#changes.splice(0, count)) {
      this.#sizeBytes -= change.sizeBytes;
      this.floor = change.revision;
    }
  }
}
