import { type CloudEvent, decodeStoredEvent } from '@jetmesh/cloudevents-http';
import type { CompiledFilter } from '@jetmesh/event-filter';
import type { MessagePull, MessagePuller, StreamMessage } from '@jetmesh/jetstream';
import type { Logger } from '@jetmesh/service-runtime';
import { deliverMessage } from './deliver-message.ts';
import type { DeliveryContext } from './delivery-context.ts';
import { createDeliveryQueue, heldCountOf } from './create-delivery-queue.ts';
import type { HeldDelivery } from './delivery-queue.ts';
import { isForAnotherTrigger } from './is-for-another-trigger.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { RateGate } from './rate-gate.ts';
import { TakeOver, type UnsettledBacklog } from './take-over.ts';
import { UnorderedQueue } from './unordered-queue.ts';

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
  /** What a predecessor left that newer events must not overtake. */
  readonly backlog?: UnsettledBacklog;
  readonly logger: Logger;
}

/** A delivery that broke on a fault of ours is tried again after this. */
const faultDelayMs = 30_000;
/** After it the stream has handed out again whatever a predecessor had and did not give back. */
const longestTakeOverMs = 35_000;

/**
 * Delivers the events of one Trigger by one plan. A changed plan means a new subscription, never a changed one.
 *
 *   idle --start--> running --stop--> draining --the last open delivery ends--> stopped
 *                                        \-------abandon----------------------> stopped
 *
 * running:  holds up to twice `maxInFlight` messages; at most `maxInFlight` deliveries are open, the rest wait until the
 *           order and the rate of this Trigger let them begin.
 * draining: pulls nothing and has given back what waited; open deliveries go on to their end.
 * stopped:  holds nothing. Abandoned deliveries are given back at once; what they still report is ignored.
 */
export class TriggerSubscription {
  readonly #options: TriggerSubscriptionOptions;
  readonly #context: DeliveryContext;
  readonly #queue: ReturnType<typeof createDeliveryQueue>;
  readonly #gate: RateGate | undefined;
  #state: 'idle' | 'running' | 'draining' | 'stopped' = 'idle';
  #openCount = 0;
  #pull: MessagePull | undefined;
  #takeOver: TakeOver | undefined;
  #takeOverTimer: NodeJS.Timeout | undefined;
  #rateTimer: NodeJS.Timeout | undefined;
  #parkUpTo = 0;

  constructor(options: TriggerSubscriptionOptions) {
    this.#options = options;
    this.#context = {
      ...options.context,
      parkUpTo: () => this.#parkUpTo,
      isAbandoned: () => this.#state === 'stopped',
    };
    const { plan } = options.context;
    this.#queue = createDeliveryQueue(plan, () => this.#beginNext());
    if (plan.rateLimit !== undefined) {
      this.#gate = new RateGate(plan.rateLimit, () => performance.now());
    }
  }

  start(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'running';
    const { stream, consumer, puller, windowBytes, context, logger, backlog } = this.#options;
    if (backlog !== undefined && backlog.count > 0) this.#holdBehind(backlog);
    this.#pull = puller.open({
      stream,
      consumer,
      maxUnsettled: heldCountOf(context.plan),
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
    for (const delivery of this.#queue.takeUpTo(sequence)) this.#deliver(delivery);
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
    clearTimeout(this.#rateTimer);
    clearTimeout(this.#takeOverTimer);
    for (const { message } of this.#queue.close()) message.nak(0);
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
    } else if (message.sequence <= this.#parkUpTo) {
      this.#deliver({ message, event });
    } else if (this.#options.isParkingOnly) {
      this.#pull?.pause();
      message.nak(0);
    } else if (this.#mayBeginAtOnce()) {
      this.#deliver({ message, event });
    } else {
      this.#queue.add({ message, event });
      this.#beginNext();
    }
    if (this.#takeOver?.see(message.sequence) === true) this.#endTakeOver();
  }

  /** The usual case: nothing to obey but the bound, and so nobody waits while there is room. */
  #mayBeginAtOnce(): boolean {
    const isPlain = this.#gate === undefined && this.#queue instanceof UnorderedQueue;
    return isPlain && this.#openCount < this.#context.plan.maxInFlight;
  }

  #beginNext(): void {
    while (this.#state === 'running' && this.#openCount < this.#context.plan.maxInFlight) {
      const waitMs = this.#gate?.waitMs() ?? 0;
      if (waitMs > 0) {
        this.#beginLater(waitMs);
        return;
      }
      const delivery = this.#queue.next();
      if (delivery === undefined) return;
      this.#gate?.started();
      this.#deliver(delivery);
    }
  }

  #beginLater(waitMs: number): void {
    this.#rateTimer ??= setTimeout(() => {
      this.#rateTimer = undefined;
      this.#beginNext();
    }, Math.ceil(waitMs));
  }

  #holdBehind(backlog: UnsettledBacklog): void {
    if (!(this.#queue instanceof KeyedQueue)) return;
    this.#takeOver = new TakeOver(backlog);
    this.#queue.holdAfter(backlog.upToSequence);
    this.#takeOverTimer = setTimeout(() => this.#endTakeOver(), longestTakeOverMs);
  }

  #endTakeOver(): void {
    this.#takeOver = undefined;
    clearTimeout(this.#takeOverTimer);
    if (this.#queue instanceof KeyedQueue) this.#queue.release();
    this.#beginNext();
  }

  #isWanted({ headers }: StreamMessage, { attributes }: CloudEvent): boolean {
    if (isForAnotherTrigger(headers, this.#context.plan.trigger.uid)) return false;
    return this.#options.filter.matches(attributes);
  }

  #deliver(delivery: HeldDelivery): void {
    this.#openCount += 1;
    this.#context.counts.inFlight += 1;
    deliverMessage(delivery.message, delivery.event, this.#context).then(
      (delayMs) => this.#end(delivery, delayMs),
      (error: unknown) => {
        this.#reportFault(delivery.message, error);
        this.#end(delivery, faultDelayMs);
      },
    );
  }

  /** With a delay the message is still ours, to be tried again. */
  #end(delivery: HeldDelivery, delayMs: number | undefined): void {
    this.#openCount -= 1;
    this.#context.counts.inFlight -= 1;
    if (delayMs === undefined) this.#queue.settled(delivery);
    else if (this.#state === 'running') this.#queue.failed(delivery, delayMs);
    else delivery.message.nak(this.#queue instanceof KeyedQueue ? 0 : delayMs);
    this.#beginNext();
  }

  #giveBack(message: StreamMessage, error: unknown): void {
    this.#reportFault(message, error);
    message.nak(faultDelayMs);
  }

  /** A fault of ours must not end the deliveries of every other event and Trigger. */
  #reportFault(message: StreamMessage, error: unknown): void {
    const { stream, logger } = this.#options;
    const where = { stream, streamSequence: message.sequence };
    logger.error('A delivery broke and will be repeated', { ...where, err: error });
  }
}
