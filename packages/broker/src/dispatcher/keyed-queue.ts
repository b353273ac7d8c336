import type { DeliveryQueue, HeldDelivery } from './delivery-queue.ts';
import { KeyLine } from './key-line.ts';

export interface KeyedQueueOptions {
  /** Undefined for an event that has no key and so no order. */
  readonly keyOf: (delivery: HeldDelivery) => string | undefined;
  /** So many may wait here; beyond that, what cannot begin for a while goes back to the stream. */
  readonly maxWaiting: number;
  /** With one key for all there is nobody to make room for. */
  readonly makesRoom: boolean;
  /** A delivery may have become free to begin. */
  readonly onReady: () => void;
}

const deferMs = 1_000;
/** An event that stays away for so long has been deleted from its stream. */
const lostMs = 600_000;

/**
 * Of the events of one key only the oldest one begins, and the others wait until it is settled: a retry is waited for
 * here. The stream gives back in any order what was given back to it, so the place of such an event is kept: a number.
 *
 * While it holds back (a predecessor's events are still to come), nothing begins that is newer than those.
 */
export class KeyedQueue implements DeliveryQueue {
  readonly #options: KeyedQueueOptions;
  readonly #lines = new Map<string, KeyLine>();
  readonly #unkeyed: HeldDelivery[] = [];
  /** Keys whose first event may be free to begin, in the order in which they became so. */
  readonly #ready = new Set<string>();
  #waitingCount = 0;
  #holdAfter = Infinity;
  #sweep: NodeJS.Timeout | undefined;

  constructor(options: KeyedQueueOptions) {
    this.#options = options;
  }

  holdAfter(sequence: number): void {
    this.#holdAfter = sequence;
  }

  release(): void {
    this.#holdAfter = Infinity;
    for (const key of this.#lines.keys()) this.#ready.add(key);
  }

  add(delivery: HeldDelivery): void {
    const key = this.#options.keyOf(delivery);
    if (key === undefined) {
      this.#unkeyed.push(delivery);
      return;
    }
    const { sequence } = delivery.message;
    const line = this.#lineOf(key);
    const isInTheWay = this.#isInTheWay(line, sequence);
    line.put(sequence, delivery, performance.now());
    this.#waitingCount += 1;
    this.#ready.add(key);
    if (isInTheWay) this.#defer(line);
  }

  /** The newest one of its key goes back to the stream, so that the oldest ones are here when their turn comes. */
  #defer(line: KeyLine): void {
    const newest = line.held().at(-1);
    if (newest === undefined) return;
    const { message } = newest;
    line.put(message.sequence, undefined, performance.now());
    this.#waitingCount -= 1;
    message.nak(deferMs);
    this.#sweep ??= setInterval(() => this.#forgetLost(), lostMs / 10).unref();
  }

  /** Whatever waits behind one that does not come back would wait for ever. */
  #forgetLost(): void {
    for (const [key, line] of this.#lines) {
      line.forgetAway(performance.now() - lostMs);
      this.#revisit(key, line);
    }
    this.#options.onReady();
  }

  next(): HeldDelivery | undefined {
    for (const key of this.#ready) {
      this.#ready.delete(key);
      const line = this.#lines.get(key);
      const delivery = line?.first;
      if (line === undefined || delivery === undefined) continue;
      if (delivery.message.sequence > this.#holdAfter) continue;
      line.openSequence = delivery.message.sequence;
      this.#waitingCount -= 1;
      return delivery;
    }
    return this.#unkeyed.shift();
  }

  settled(delivery: HeldDelivery): void {
    const key = this.#options.keyOf(delivery);
    const line = key === undefined ? undefined : this.#lines.get(key);
    if (key === undefined || line === undefined) return;
    const { sequence } = delivery.message;
    if (line.openSequence === sequence) line.openSequence = undefined;
    line.remove(sequence);
    this.#revisit(key, line);
  }

  failed(delivery: HeldDelivery, delayMs: number): void {
    const { message } = delivery;
    const key = this.#options.keyOf(delivery);
    const line = key === undefined ? undefined : this.#lines.get(key);
    if (key === undefined || line?.openSequence !== message.sequence) {
      message.nak(delayMs);
      return;
    }
    line.openSequence = undefined;
    this.#waitingCount += 1;
    line.retryLater(message.sequence, delayMs, () => {
      this.#ready.add(key);
      this.#options.onReady();
    });
    this.#ready.add(key);
  }

  takeUpTo(sequence: number): HeldDelivery[] {
    const taken = this.#unkeyed.filter(({ message }) => message.sequence <= sequence);
    for (const delivery of taken) this.#unkeyed.splice(this.#unkeyed.indexOf(delivery), 1);
    for (const [key, line] of this.#lines) {
      for (const delivery of line.held()) {
        if (delivery.message.sequence > sequence) break;
        line.remove(delivery.message.sequence);
        this.#waitingCount -= 1;
        taken.push(delivery);
      }
      this.#revisit(key, line);
    }
    return taken;
  }

  close(): HeldDelivery[] {
    clearInterval(this.#sweep);
    for (const line of this.#lines.values()) line.endRetry();
    const held = [...this.#lines.values()].flatMap((line) => line.held());
    held.push(...this.#unkeyed.splice(0));
    this.#lines.clear();
    this.#ready.clear();
    this.#waitingCount = 0;
    return held.sort((one, other) => one.message.sequence - other.message.sequence);
  }

  /** It could not begin for a while, and takes room from those that could. */
  #isInTheWay(line: KeyLine, sequence: number): boolean {
    if (this.#waitingCount < this.#options.maxWaiting) return false;
    if (sequence > this.#holdAfter) return true;
    return this.#options.makesRoom && line.firstSequence < sequence;
  }

  #lineOf(key: string): KeyLine {
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = new KeyLine();
      this.#lines.set(key, line);
    }
    return line;
  }

  #revisit(key: string, line: KeyLine): void {
    if (line.isEmpty && line.openSequence === undefined) {
      line.endRetry();
      this.#lines.delete(key);
    } else {
      this.#ready.add(key);
    }
  }
}
