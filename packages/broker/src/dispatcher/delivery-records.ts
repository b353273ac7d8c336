import type { RecordStore, StreamMessage } from '@jetmesh/jetstream';
import { BoundedMap } from './bounded-map.ts';
import { decodeRecord, type DeliveryRecord, encodeRecord, freshRecord } from './delivery-record.ts';
import { headerValue } from './header-value.ts';

/** On a message of a retry stream: what happened to the event before it was stored there. */
export const recordHeader = 'jetmesh-delivery-record';

type RecordedMessage = Pick<StreamMessage, 'stream' | 'sequence' | 'deliveryCount' | 'headers'>;

interface Entry {
  readonly record: DeliveryRecord;
  /** At which delivery of the message it was written: after a later one somebody else may know more. */
  readonly deliveryCount: number;
  /** Where it is stored; undefined for nowhere. */
  storedAt: number | undefined;
}

export interface DeliveryRecordsOptions {
  readonly triggerUid: string;
  readonly store: RecordStore;
  /** Messages of this stream bring along what happened to them before they were stored there. */
  readonly hasRecordsInHeaders: boolean;
  readonly capacity?: number;
}

/**
 * What has happened to the events of one Trigger that are not finished, in memory and, for whoever gets them next, in
 * a store. An event at its first delivery, the usual one, costs neither memory nor a request.
 */
export class DeliveryRecords {
  readonly #options: DeliveryRecordsOptions;
  readonly #entries: BoundedMap<number, Entry>;

  constructor(options: DeliveryRecordsOptions) {
    this.#options = options;
    this.#entries = new BoundedMap(options.capacity ?? 1024);
  }

  recall(message: RecordedMessage): DeliveryRecord | Promise<DeliveryRecord> {
    const entry = this.#entries.size === 0 ? undefined : this.#entries.get(message.sequence);
    const laterDeliveries = message.deliveryCount - (entry?.deliveryCount ?? 0);
    if (entry !== undefined && laterDeliveries <= 1) return entry.record;
    return message.deliveryCount === 1 ? this.#brought(message) : this.#read(message);
  }

  /** Resolves once it is stored; a store that is away costs a restart its memory, and nothing else. */
  async remember(message: RecordedMessage, record: DeliveryRecord): Promise<void> {
    const { sequence, deliveryCount } = message;
    const storedAt = this.#entries.get(sequence)?.storedAt;
    const entry: Entry = { record, deliveryCount, storedAt };
    this.#entries.set(sequence, entry);
    const written = await this.#options.store.write(this.#keyOf(message), encodeRecord(record));
    entry.storedAt = written ?? storedAt;
  }

  /** The event is settled for good. */
  forget({ sequence }: Pick<RecordedMessage, 'sequence'>): void {
    if (this.#entries.size === 0) return;
    const storedAt = this.#entries.get(sequence)?.storedAt;
    this.#entries.delete(sequence);
    if (storedAt !== undefined) this.#options.store.remove(storedAt);
  }

  async #read(message: RecordedMessage): Promise<DeliveryRecord> {
    const stored = await this.#options.store.read(this.#keyOf(message));
    if (stored === undefined) return this.#brought(message);
    const record = decodeRecord(stored.data);
    const { sequence, deliveryCount } = message;
    this.#entries.set(sequence, { record, deliveryCount, storedAt: stored.sequence });
    return record;
  }

  #brought({ headers }: RecordedMessage): DeliveryRecord {
    if (!this.#options.hasRecordsInHeaders) return freshRecord;
    const brought = headerValue(headers, recordHeader);
    return brought === undefined ? freshRecord : decodeRecord(Buffer.from(brought, 'base64'));
  }

  #keyOf({ stream, sequence }: RecordedMessage): string {
    return `${this.#options.triggerUid}/${stream}/${sequence}`;
  }
}
