import type { CloudEvent } from '@jetmesh/cloudevents-http';
import type { CompiledFilter } from '@jetmesh/event-filter';
import type { StreamMessage } from '@jetmesh/jetstream';
import type { TriggerContext } from '../create-delivery-context.ts';
import { deliverMessage } from '../deliver-message.ts';
import { type DeliveryRecord, freshRecord } from '../delivery-record.ts';
import type { EventPublisher } from '../event-publisher.ts';
import type { GroupMember } from './group-member.ts';
import { MemberMessage } from './member-message.ts';
import { MemberRecords } from './member-records.ts';
import { setAside } from './set-aside.ts';

export interface TriggerMemberOptions {
  readonly retryStream: string;
  readonly triggerUid: string;
  readonly filter: CompiledFilter;
  /** Undefined while nothing may be sent straight to its subscriber: all its events go to the retry stream. */
  readonly delivery: DirectDelivery | undefined;
  readonly publisher: EventPublisher;
}

export interface DirectDelivery {
  readonly context: TriggerContext;
  readonly isAbandoned: () => boolean;
  /** Direct deliveries open at once; the rest of the Trigger's bound belongs to its consumer on the retry stream. */
  readonly maxOpen: number;
}

/**
 * Delivers the events of one Trigger straight from the shared consumer, as long as its subscriber keeps up. What finds
 * no room, and what has to be tried again, goes to the Trigger's own retry subject.
 */
export class TriggerMember implements GroupMember {
  readonly triggerUid: string;
  readonly filter: CompiledFilter;
  readonly #options: TriggerMemberOptions;
  #openCount = 0;

  constructor(options: TriggerMemberOptions) {
    this.#options = options;
    this.triggerUid = options.triggerUid;
    this.filter = options.filter;
  }

  async take(message: StreamMessage, event: CloudEvent): Promise<boolean> {
    const { delivery } = this.#options;
    if (delivery === undefined || this.#openCount >= delivery.maxOpen) {
      return this.#setAside(message, freshRecord);
    }
    const own = new MemberMessage(message);
    const records = new MemberRecords();
    await this.#deliver(own, event, { delivery, records });
    if (own.isSettled) return true;
    return delivery.isAbandoned() ? false : this.#setAside(message, records.record);
  }

  async #deliver(
    own: MemberMessage,
    event: CloudEvent,
    { delivery, records }: { delivery: DirectDelivery; records: MemberRecords },
  ): Promise<void> {
    const { context, isAbandoned } = delivery;
    this.#openCount += 1;
    context.counts.inFlight += 1;
    try {
      await deliverMessage(own, event, { ...context, records, isAbandoned, parkUpTo: () => 0 });
    } finally {
      this.#openCount -= 1;
      context.counts.inFlight -= 1;
    }
  }

  async #setAside(message: StreamMessage, record: DeliveryRecord): Promise<boolean> {
    const { retryStream, triggerUid, publisher } = this.#options;
    const { kind } = await setAside(message, { retryStream, triggerUid, record }, publisher);
    return kind === 'stored';
  }
}
