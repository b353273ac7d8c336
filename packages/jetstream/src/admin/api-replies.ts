/** What of JetStream's API answers is read here, in its own words. */

export interface StreamReply {
  readonly config: Readonly<Record<string, unknown>>;
  readonly state: {
    readonly messages: number;
    readonly bytes: number;
    readonly first_seq: number;
    readonly first_ts: string;
    readonly last_seq: number;
    readonly consumer_count: number;
    /** Removed from between the first and the last; absent for none. */
    readonly num_deleted?: number;
    /** Only when asked for. */
    readonly subjects?: Readonly<Record<string, number>> | null;
  };
}

export interface ConsumerReply {
  readonly name: string;
  readonly created: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly delivered: SequencePair;
  readonly ack_floor: SequencePair;
  readonly num_ack_pending: number;
  readonly num_redelivered: number;
  readonly num_waiting: number;
  readonly num_pending: number;
}

interface SequencePair {
  readonly consumer_seq: number;
  readonly stream_seq: number;
}

export interface MessageReply {
  readonly message: {
    readonly subject: string;
    readonly seq: number;
    readonly time: string;
    readonly hdrs?: string;
    readonly data?: string;
  };
}

export interface Page<T> {
  readonly total: number;
  readonly streams?: readonly T[] | null;
  readonly consumers?: readonly T[] | null;
}
