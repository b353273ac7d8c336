import { type CloudEvent, decodeStoredEvent } from '@jetmesh/cloudevents-http';
import {
  groupConsumerName,
  type MessagePull,
  type MessagePuller,
  type StreamMessage,
} from '@jetmesh/jetstream';
import type { Logger } from '@jetmesh/service-runtime';
import { BoundedMap } from '../bounded-map.ts';
import { isForAnotherTrigger } from '../is-for-another-trigger.ts';
import type { GroupMember } from './group-member.ts';
import { MemberIndex } from './member-index.ts';
import { YoungDeliveries } from './young-deliveries.ts';

export interface GroupSubscriptionOptions {
  readonly stream: string;
  readonly puller: Pick<MessagePuller, 'open'>;
  readonly logger: Logger;
  /** Whether this replica's heartbeat counts now: after a standstill of the process, before anybody could say so. */
  readonly isLive: () => boolean;
}

/** A thousand members that hang, each with all its direct deliveries open, still leave room for the others. */
const maxUnsettled = 16_384;
const windowBytes = 64 * 1024 * 1024;
/** What could not be stored for a member, or what broke on a fault of ours, is tried again after these. */
const againDelayMs = 1_000;
const faultDelayMs = 30_000;
const mostRemembered = 4_096;
/** Deliveries that are begun at once; one that is open for longer than a stretch leaves its place to the next. */
const maxYoung = 128;
const stretchMs = 50;

/**
 * Pulls all events of a Broker once for its many Triggers. A message is acknowledged when each member that it matches
 * has delivered it or has it on its retry subject, so no member holds back another one, and a crash repeats at most
 * what was open.
 *
 * It may hand out events only while this replica's membership is confirmed (`resume`): to a Trigger that is Ready every
 * replica that pulls must know it.
 */
export class GroupSubscription {
  readonly members = new MemberIndex<GroupMember>();
  readonly #options: GroupSubscriptionOptions;
  /** Members that have taken a message which others could not; so that its redelivery repeats nothing. */
  readonly #taken = new BoundedMap<number, Set<string>>(mostRemembered);
  readonly #young = new YoungDeliveries();
  readonly #waiting: StreamMessage[] = [];
  #aging: NodeJS.Timeout | undefined;
  #pull: MessagePull | undefined;
  #isConfirmed = false;
  #isAbandoned = false;

  constructor(options: GroupSubscriptionOptions) {
    this.#options = options;
  }

  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  resume(): void {
    this.#isConfirmed = true;
    this.#aging ??= setInterval(() => this.#age(), stretchMs).unref();
    if (this.#pull === undefined) this.#pull = this.#open();
    else this.#pull.resume();
  }

  pause(): void {
    this.#isConfirmed = false;
    this.#pull?.pause();
    this.#giveBackWaiting();
  }

  /** Resolves once nothing is open any more. */
  async stop(): Promise<void> {
    clearInterval(this.#aging);
    this.#giveBackWaiting();
    await this.#pull?.stop();
  }

  abandon(): void {
    this.#isAbandoned = true;
    this.#pull?.nakUnsettled();
  }

  #open(): MessagePull {
    const { stream, puller, logger } = this.#options;
    return puller.open({
      stream,
      consumer: groupConsumerName,
      maxUnsettled,
      maxUnsettledBytes: windowBytes,
      onMessage: (message) => this.#receive(message),
      onConsumerMissing: () => logger.warn('The shared consumer is missing', { stream }),
    });
  }

  #receive(message: StreamMessage): void {
    if (this.#young.count < maxYoung) this.#begin(message);
    else this.#waiting.push(message);
  }

  #begin(message: StreamMessage): void {
    if (!this.#isConfirmed || !this.#options.isLive()) {
      message.nak(againDelayMs);
      return;
    }
    const stretch = this.#young.begin();
    this.#handOut(message)
      .catch((err: unknown) => {
        const where = { stream: message.stream, streamSequence: message.sequence };
        this.#options.logger.error('A delivery broke and will be repeated', { ...where, err });
        message.nak(faultDelayMs);
      })
      .finally(() => {
        this.#young.end(stretch);
        this.#beginWaiting();
      });
  }

  #age(): void {
    this.#young.age();
    this.#beginWaiting();
  }

  #beginWaiting(): void {
    while (this.#young.count < maxYoung) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#begin(next);
    }
  }

  #giveBackWaiting(): void {
    for (const message of this.#waiting.splice(0)) message.nak(0);
  }

  async #handOut(message: StreamMessage): Promise<void> {
    const event = decodeStoredEvent(message.headers, message.data);
    const members = this.#wanting(message, event);
    const results = await Promise.all(members.map((member) => member.take(message, event)));
    if (this.#isAbandoned) return;
    if (results.every((isTaken) => isTaken)) {
      this.#taken.delete(message.sequence);
      message.ack();
      return;
    }
    const takers = members.filter((_, index) => results[index] === true);
    this.#remember(message.sequence, takers);
    message.nak(againDelayMs);
  }

  /** Another replica may get the message next; what is forgotten costs a duplicate at most. */
  #remember(sequence: number, takers: readonly GroupMember[]): void {
    const taken = this.#taken.get(sequence) ?? new Set();
    for (const { triggerUid } of takers) taken.add(triggerUid);
    this.#taken.set(sequence, taken);
  }

  #wanting(message: StreamMessage, { attributes }: CloudEvent): GroupMember[] {
    const taken = this.#taken.get(message.sequence);
    return this.members
      .matching(attributes)
      .filter(
        ({ triggerUid }) =>
          taken?.has(triggerUid) !== true && !isForAnotherTrigger(message.headers, triggerUid),
      );
  }
}
