import { type DeliveryRecord, freshRecord } from '../delivery-record.ts';

/** What happens to one event of one member: it goes along to the retry stream, so nothing else has to store it. */
export class MemberRecords {
  record: DeliveryRecord = freshRecord;

  recall(): DeliveryRecord {
    return this.record;
  }

  remember(_message: unknown, record: DeliveryRecord): Promise<void> {
    this.record = record;
    return Promise.resolve();
  }

  forget(): void {
    // Whatever is settled here was never stored.
  }
}
