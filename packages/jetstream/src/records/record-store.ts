export interface StoredRecord {
  readonly data: Buffer;
  readonly sequence: number;
}

/**
 * Small durable notes, one a key; a newer one replaces the older. They are forgotten after a week, and the oldest ones
 * sooner when there are too many.
 */
export interface RecordStore {
  /** Fails with `JetStreamAdminError`. */
  read(key: string): Promise<StoredRecord | undefined>;
  /** Its sequence; undefined when it could not be stored. */
  write(key: string, data: Buffer): Promise<number | undefined>;
  /** Without waiting: what stays by a fault is forgotten in time. */
  remove(sequence: number): void;
}
