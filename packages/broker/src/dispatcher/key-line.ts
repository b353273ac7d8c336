import type { HeldDelivery } from './delivery-queue.ts';

interface Place {
  readonly sequence: number;
  /** Undefined while the event is back in the stream: its place is kept. */
  delivery: HeldDelivery | undefined;
  changedAt: number;
}

/** The events of one key that are not finished, oldest first. One at a time is open: the oldest when it began. */
export class KeyLine {
  openSequence: number | undefined;
  #retry: { readonly sequence: number; readonly timer: NodeJS.Timeout } | undefined;
  readonly #places: Place[] = [];

  get isEmpty(): boolean {
    return this.#places.length === 0;
  }

  get firstSequence(): number {
    return this.#places[0]?.sequence ?? Infinity;
  }

  /** The first event, if it could begin now. */
  get first(): HeldDelivery | undefined {
    const [first] = this.#places;
    if (this.openSequence !== undefined || first === undefined) return undefined;
    return first.sequence === this.#retry?.sequence ? undefined : first.delivery;
  }

  /** Keeps that event from beginning for a while. */
  retryLater(sequence: number, delayMs: number, onDue: () => void): void {
    this.endRetry();
    const timer = setTimeout(() => {
      this.#retry = undefined;
      onDue();
    }, delayMs);
    this.#retry = { sequence, timer };
  }

  endRetry(): void {
    clearTimeout(this.#retry?.timer);
    this.#retry = undefined;
  }

  /** Its place follows from its sequence: redeliveries come late. */
  put(sequence: number, delivery: HeldDelivery | undefined, now: number): void {
    let index = this.#places.length;
    while (index > 0 && (this.#places[index - 1]?.sequence ?? 0) > sequence) index -= 1;
    const known = this.#places[index - 1];
    const place = { sequence, delivery, changedAt: now };
    if (known?.sequence === sequence) Object.assign(known, place);
    else this.#places.splice(index, 0, place);
  }

  remove(sequence: number): void {
    const index = this.#places.findIndex((place) => place.sequence === sequence);
    if (index >= 0) this.#places.splice(index, 1);
  }

  /** Gives up the places of events that have been away since before then: the stream has none of them any more. */
  forgetAway(before: number): void {
    for (const { sequence, delivery, changedAt } of [...this.#places]) {
      if (delivery === undefined && changedAt < before) this.remove(sequence);
    }
  }

  /** Those held and not open. */
  held(): HeldDelivery[] {
    const waiting = this.#places.filter(({ sequence }) => sequence !== this.openSequence);
    return waiting.flatMap(({ delivery }) => delivery ?? []);
  }
}
