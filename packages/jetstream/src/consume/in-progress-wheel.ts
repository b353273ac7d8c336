import type { HeldMessage } from './held-message.ts';

/**
 * Every message in our hands, the one that the server heard about longest ago first. Whoever turns it tells the server
 * about those that it would give to somebody else soon.
 */
export class InProgressWheel {
  readonly #intervalMs: number;
  readonly #held = new Set<HeldMessage>();

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  add(held: HeldMessage): void {
    this.#held.add(held);
  }

  remove(held: HeldMessage): void {
    this.#held.delete(held);
  }

  turn(now: number, onDue: (held: HeldMessage) => void): void {
    for (const held of this.#held) {
      if (now - held.touchedAt < this.#intervalMs) return;
      held.touchedAt = now;
      this.#held.delete(held);
      this.#held.add(held);
      onDue(held);
    }
  }
}
