import type { DeadLetterReason } from './choose-settlement.ts';
import type { Failure } from './outcome.ts';

/** What has happened so far to one event of one Trigger. */
export interface DeliveryRecord {
  /** Attempts that were made at the subscriber. */
  readonly attempts: number;
  /** When the next one is due, in ms since the epoch; 0 = at once. */
  readonly notBeforeMs: number;
  /** Set once the subscriber has had all its attempts. */
  readonly exhausted: ExhaustedDelivery | undefined;
}

/** An event on its way to the dead letter sink or stream. */
export interface ExhaustedDelivery {
  readonly reason: DeadLetterReason;
  readonly failure: Failure;
  readonly attemptCount: number;
  /** Attempts so far to hand it to the sink or to park it. */
  readonly deadLetterAttempts: number;
  /** Since when it is to go to the sink. */
  readonly sinceMs: number;
}

export const freshRecord: DeliveryRecord = { attempts: 0, notBeforeMs: 0, exhausted: undefined };

export function encodeRecord({ exhausted, ...record }: DeliveryRecord): Buffer {
  if (exhausted === undefined) return Buffer.from(JSON.stringify(record));
  const failure = { ...exhausted.failure, data: exhausted.failure.data.toString('base64') };
  return Buffer.from(JSON.stringify({ ...record, exhausted: { ...exhausted, failure } }));
}

/** Reads back what `encodeRecord` wrote; nobody else writes there. */
export function decodeRecord(bytes: Buffer): DeliveryRecord {
  const { exhausted, ...record } = JSON.parse(bytes.toString()) as Encoded;
  if (exhausted === undefined) return { ...record, exhausted };
  const failure = { ...exhausted.failure, data: Buffer.from(exhausted.failure.data, 'base64') };
  return { ...record, exhausted: { ...exhausted, failure } };
}

type Encoded = Omit<DeliveryRecord, 'exhausted'> & {
  readonly exhausted?: Omit<ExhaustedDelivery, 'failure'> & {
    readonly failure: Omit<Failure, 'data'> & { readonly data: string };
  };
};
