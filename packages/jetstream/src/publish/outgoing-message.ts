export interface OutgoingMessage {
  readonly subject: string;
  /** Name, value, name, value …; values are byte strings. No `Nats-*` name: those are orders to the server. */
  readonly headers: readonly string[];
  readonly data: Buffer;
  /** The key by which the stream recognises a repetition. */
  readonly messageId: string;
}
