import { type CloudEvent, decodeStoredEvent } from '@jetmesh/cloudevents-http';
import type { CompiledFilter } from '@jetmesh/event-filter';
import type { MessagePull, MessagePuller, StreamMessage } from '@jetmesh/jetstream';
import type { Logger } from '@jetmesh/service-runtime';
import { deliverMessage } from './deliver-message.ts';
import type { DeliveryContext } from './delivery-context.ts';
import { isForAnotherTrigger } from './is-for-another-trigger.ts';

export interface TriggerSubscriptionOptions {
  readonly stream: string;
  readonly consumer: string;
  readonly filter: CompiledFilter;
  /** Parks what is told, and delivers nothing. */
  readonly isParkingOnly: boolean;
  readonly context: Omit<DeliveryContext, 'isAbandoned' | 'parkUpTo'>;
  readonly puller: Pick<MessagePuller, 'open'>;
  /** How many bytes of events this Trigger holds at once. */
  readonly windowBytes: number;
  readonly logger: Logger;
}

interface WaitingMessage {
  readonly message: StreamMessage;
  readonly event: CloudEvent;
}

/** A delivery that broke on a fault of ours is tried again after this. */
const faultDelayMs = 30_000;

/**
 * Delivers the events of one Trigger by one plan. A changed plan means a new subscription, never a changed one.
 *
 *   idle --start--> running --stop--> draining --the last open delivery ends--> stopped
 *                                        \-------abandon----------------------> stopped
 *
 * running:  holds up to twice `maxInFlight` messages; at most `maxInFlight` deliveries are open, the rest wait in order.
 * draining: pulls nothing and has given back what waited; open deliveries go on to their end.
 * stopped:  holds nothing. Abandoned deliveries are given back at once; what they still report is ignored.
 */
export class TriggerSubscription {
  readonly #options: TriggerSubscriptionOptions;
  readonly #context: DeliveryContext;
  readonly #waiting: WaitingMessage[] = [];
  #state: 'idle' | 'running' | 'draining' | 'stopped' = 'idle';
  #openCount = 0;
  #pull: MessagePull | undefined;
  #parkUpTo = 0;

  constructor(options: TriggerSubscriptionOptions) {
    this.#options = options;
    this.#context = {
      ...options.context,
      parkUpTo: () => this.#parkUpTo,
      isAbandoned: () => this.#state === 'stopped',
    };
  }

  start(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'running';
    const { stream, consumer, puller, windowBytes, context, logger } = this.#options;
    this.#pull = puller.open({
      stream,
      consumer,
      maxUnsettled: 2 * context.plan.maxInFlight,
      maxUnsettledBytes: windowBytes,
      onMessage: (message) => this.#receive(message),
      onConsumerMissing: () => logger.warn('The consumer is missing', { stream, consumer }),
    });
  }

  /** Parks what it holds, waits for, and will get up to that sequence; requests that are open end by themselves. */
  parkUpTo(sequence: number): void {
    if (sequence === this.#parkUpTo) return;
    this.#parkUpTo = sequence;
    if (this.#state !== 'running') return;
    const inExcess = this.#waiting.filter(({ message }) => message.sequence <= sequence);
    for (const waiting of inExcess) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      this.#deliver(waiting);
    }
    this.#pull?.recallDelayed(sequence);
    if (this.#options.isParkingOnly) this.#pull?.resume();
  }

  /** Resolves once nothing is open any more. */
  async stop(): Promise<void> {
    if (this.#state !== 'running') {
      if (this.#state === 'idle') this.#state = 'stopped';
      return;
    }
    this.#state = 'draining';
    for (const { message } of this.#waiting.splice(0)) message.nak(0);
    await this.#pull?.stop();
    this.#state = 'stopped';
  }

  /** Gives back what is still open, for another replica to take over at once. */
  abandon(): void {
    this.#state = 'stopped';
    this.#pull?.nakUnsettled();
  }

  #receive(message: StreamMessage): void {
    try {
      this.#accept(message, decodeStoredEvent(message.headers, message.data));
    } catch (error) {
      this.#giveBack(message, error);
    }
  }

  #accept(message: StreamMessage, event: CloudEvent): void {
    if (!this.#isWanted(message, event)) {
      this.#context.counts.settlements.filtered += 1;
      message.ack();
    } else if (this.#state !== 'running') {
      message.nak(0);
    } else if (this.#options.isParkingOnly && message.sequence > this.#parkUpTo) {
      this.#pull?.pause();
      message.nak(0);
    } else if (this.#hasRoomFor(message)) {
      this.#deliver({ message, event });
    } else {
      this.#waiting.push({ message, event });
    }
  }

  /** What is to be parked waits for no subscriber. */
  #hasRoomFor({ sequence }: StreamMessage): boolean {
    return sequence <= this.#parkUpTo || this.#openCount < this.#context.plan.maxInFlight;
  }

  #isWanted({ headers }: StreamMessage, { attributes }: CloudEvent): boolean {
    if (isForAnotherTrigger(headers, this.#context.plan.trigger.uid)) return false;
    return this.#options.filter.matches(attributes);
  }

  #deliver({ message, event }: WaitingMessage): void {
    this.#openCount += 1;
    this.#context.counts.inFlight += 1;
    deliverMessage(message, event, this.#context).then(
      (delayMs) => {
        if (delayMs !== undefined) message.nak(delayMs);
        this.#deliverNext();
      },
      (error: unknown) => this.#recover(message, error),
    );
  }

  #deliverNext(): void {
    this.#openCount -= 1;
    this.#context.counts.inFlight -= 1;
    if (this.#openCount >= this.#context.plan.maxInFlight) return;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#deliver(next);
  }

  #recover(message: StreamMessage, error: unknown): void {
    this.#giveBack(message, error);
    this.#deliverNext();
  }

  /** A fault of ours must not end the deliveries of every other event and Trigger. */
  #giveBack(message: StreamMessage, error: unknown): void {
    const { stream, logger } = this.#options;
    const where = { stream, streamSequence: message.sequence };
    logger.error('A delivery broke and will be repeated', { ...where, err: error });
    message.nak(faultDelayMs);
  }
}
