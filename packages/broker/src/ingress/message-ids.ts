import { createHash, randomBytes } from 'node:crypto';
import type { CloudEvent } from '@jetmesh/cloudevents-http';

/** Makes the `Nats-Msg-Id` of accepted events: two of them are equal only where the sender says it is the same one. */
export class MessageIds {
  readonly #prefix: string;
  #counter = 0;

  constructor(prefix = randomBytes(12).toString('base64url')) {
    this.#prefix = prefix;
  }

  fresh(): string {
    this.#counter += 1;
    return `${this.#prefix}.${this.#counter.toString(36)}`;
  }
}

/** The id of an event whose sender sent an `Idempotency-Key`: equal for each repetition within the Broker. */
export function idempotentMessageId(
  brokerUid: string,
  event: CloudEvent,
  idempotencyKey: string,
  index: number,
): string {
  const source = event.attributes.get('source') ?? '';
  const text = JSON.stringify([brokerUid, source, idempotencyKey, index]);
  return `key-${createHash('sha256').update(text).digest('base64url')}`;
}
