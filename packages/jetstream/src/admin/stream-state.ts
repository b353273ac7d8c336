export interface StreamState {
  readonly messages: number;
  readonly bytes: number;
  /** Of the oldest message; of the next one when the stream is empty. */
  readonly firstSequence: number;
  /** When the oldest message was stored; meaningless while there is none. */
  readonly firstTimestampMs: number;
  /** Of the newest message ever stored. */
  readonly lastSequence: number;
  readonly consumerCount: number;
  /** Messages that were removed from between the oldest and the newest. */
  readonly removedBetweenCount: number;
  readonly retention: 'consumed' | 'kept';
}

export interface StreamSummary extends StreamState {
  readonly name: string;
  readonly description: string;
  readonly maxBytes: number;
  /** 0 = no limit. */
  readonly maxAgeMs: number;
}

export interface ConsumerState {
  readonly name: string;
  /** Pull requests that wait at the server: above 0 somebody is ready to take events. */
  readonly numWaiting: number;
  /** Matching messages not yet delivered. */
  readonly numPending: number;
  /** Delivered and not settled, those that wait for a retry included. */
  readonly numAckPending: number;
  readonly numRedelivered: number;
  readonly deliveredConsumerSequence: number;
  readonly deliveredStreamSequence: number;
  /** Everything up to here is acknowledged. */
  readonly ackFloorStreamSequence: number;
  /** Empty: the whole stream. */
  readonly filterSubjects: readonly string[];
}

export interface StoredMessage {
  readonly subject: string;
  readonly sequence: number;
  readonly timestampMs: number;
  readonly headers: readonly string[];
  readonly data: Buffer;
}
