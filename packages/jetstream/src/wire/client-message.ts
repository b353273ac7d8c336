/**
 * What the `nats` client hands to a subscription, as far as this package reads it: its parsed parts as bytes.
 * The public accessors decode text and build a header map, 3 µs a message; `client-message.test.ts` pins this shape.
 */
export interface ClientMessage {
  readonly _msg: {
    readonly subject: Uint8Array;
    readonly reply?: Uint8Array;
    /** Length of the header block, −1 without one. */
    readonly hdr: number;
  };
  /** Header block and payload, one after the other. */
  readonly _rdata: Uint8Array;
}
