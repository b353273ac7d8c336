import type { DeliverableMessage } from '../deliverable-message.ts';

/** A shared message as one member sees it: settling it says nothing for the others. */
export class MemberMessage implements DeliverableMessage {
  readonly deliveryCount = 1;
  isSettled = false;
  readonly #shared: DeliverableMessage;

  constructor(shared: DeliverableMessage) {
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

  get headers(): readonly string[] {
    return this.#shared.headers;
  }

  get data(): Buffer {
    return this.#shared.data;
  }

  ack(): void {
    this.isSettled = true;
  }
}
