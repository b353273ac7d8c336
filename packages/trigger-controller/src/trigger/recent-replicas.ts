import type { LiveReplica, ReplicaView } from '@jetmesh/jetstream';

/** One question to NATS answers all Triggers that ask within `maxAgeMs`. */
export class RecentReplicas implements ReplicaView {
  readonly #view: ReplicaView;
  readonly #maxAgeMs: number;
  readonly #nowMs: () => number;
  #asked: { readonly atMs: number; readonly answer: Promise<readonly LiveReplica[]> } | undefined;

  constructor(view: ReplicaView, maxAgeMs: number, nowMs: () => number) {
    this.#view = view;
    this.#maxAgeMs = maxAgeMs;
    this.#nowMs = nowMs;
  }

  /** What a replica announced a moment ago it still knows; one that has just come has listed all Triggers since. */
  list(): Promise<readonly LiveReplica[]> {
    const nowMs = this.#nowMs();
    if (this.#asked === undefined || nowMs - this.#asked.atMs >= this.#maxAgeMs) {
      this.#asked = { atMs: nowMs, answer: this.#view.list() };
    }
    return this.#asked.answer;
  }
}
