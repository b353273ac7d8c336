import type { JetStreamConnection } from '../connection/jetstream-connection.ts';

export const settlements = {
  ack: Buffer.from('+ACK'),
  term: Buffer.from('+TERM'),
  inProgress: Buffer.from('+WPI'),
  nak: Buffer.from('-NAK'),
  nakAfter: (delayMs: number): Buffer =>
    delayMs > 0 ? Buffer.from(`-NAK {"delay": ${Math.round(delayMs * 1e6)}}`) : settlements.nak,
} as const;

/**
 * Settlements of one turn leave together. While the connection is down they are kept: the server takes them after the
 * reconnect, and every one that it gets is a duplicate less. At most one a message in our hands, so it is bounded.
 */
export class SettlementQueue {
  readonly #connection: JetStreamConnection;
  #replies: string[] = [];
  #payloads: Buffer[] = [];

  constructor(connection: JetStreamConnection) {
    this.#connection = connection;
  }

  add(replySubject: string, payload: Buffer): void {
    this.#replies.push(replySubject);
    this.#payloads.push(payload);
  }

  write(): void {
    if (!this.#connection.isConnected || this.#replies.length === 0) return;
    const { port } = this.#connection;
    const replies = this.#replies;
    const payloads = this.#payloads;
    this.#replies = [];
    this.#payloads = [];
    for (const [index, reply] of replies.entries()) {
      port.publish(reply, payloads[index] ?? settlements.ack);
    }
  }
}
