import type { DeliveryQueue, HeldDelivery } from './delivery-queue.ts';

/** First come, first begun; what failed goes back to the stream until it is due. */
export class UnorderedQueue implements DeliveryQueue {
  #waiting: HeldDelivery[] = [];

  add(delivery: HeldDelivery): void {
    this.#waiting.push(delivery);
  }

  next(): HeldDelivery | undefined {
    return this.#waiting.shift();
  }

  settled(): void {
    // Nobody waits for it.
  }

  failed({ message }: HeldDelivery, delayMs: number): void {
    message.nak(delayMs);
  }

  takeUpTo(sequence: number): HeldDelivery[] {
    const taken = this.#waiting.filter(({ message }) => message.sequence <= sequence);
    this.#waiting = this.#waiting.filter(({ message }) => message.sequence > sequence);
    return taken;
  }

  close(): HeldDelivery[] {
    return this.#waiting.splice(0);
  }
}
