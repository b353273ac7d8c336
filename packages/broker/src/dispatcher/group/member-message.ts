import type { StreamMessage } from '@jetmesh/jetstream';

/** A shared message as one member sees it: settling it says nothing for the others. */
export class MemberMessage implements StreamMessage {
  readonly deliveryCount = 1;
  isSettled = false;
  readonly #shared: StreamMessage;

  constructor(shared: StreamMessage) {
    this.#shared = shared;
  }

  get subject(): string {
    return this.#shared.subject;
  }

  get stream(): string {
    return this.#shared.stream;
  }

  get sequence(): number {
    return this.#shared.sequence;
  }

  get timestampMs(): number {
    return this.#shared.timestampMs;
  }

  get pendingCount(): number {
    return this.#shared.pendingCount;
  }

  get headers(): readonly string[] {
    return this.#shared.headers;
  }

  get data(): Buffer {
    return this.#shared.data;
  }

  get size(): number {
    return this.#shared.size;
  }

  ack(): void {
    this.isSettled = true;
  }

  nak(): void {
    this.isSettled = false;
  }

  term(): void {
    this.isSettled = true;
  }
}
