/** A message of a stream in our hands. It is settled exactly once; until then it is kept from being redelivered. */
export interface StreamMessage {
  readonly subject: string;
  readonly stream: string;
  readonly sequence: number;
  /** 1 at the first delivery. */
  readonly deliveryCount: number;
  readonly timestampMs: number;
  /** Messages that wait behind this one at the consumer. */
  readonly pendingCount: number;
  readonly headers: readonly string[];
  readonly data: Buffer;
  /** As the server counts it: subject, reply subject, headers and payload. */
  readonly size: number;
  ack(): void;
  /** Back to the consumer, which delivers it again after the delay. */
  nak(delayMs: number): void;
  /** Never again, although it was not handled. */
  term(): void;
}
