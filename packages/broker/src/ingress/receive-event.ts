import type { IncomingMessage, ServerResponse } from 'node:http';
import { carriedHeaders, type CloudEvent } from '@jetmesh/cloudevents-http';
import type { Outbox, PublishOutcome } from '@jetmesh/jetstream';
import type { Logger } from '@jetmesh/service-runtime';
import { eventMessageId } from '../event-message-id.ts';
import { admitEvents } from './admit-events.ts';
import { type Answer, tooLarge, unavailable } from './answer.ts';
import { answerTo, answerToBatch } from './answer-to.ts';
import type { BrokerDirectory, BrokerEntry } from './broker-directory.ts';
import { IngressCounts } from './ingress-counts.ts';
import { idempotentMessageId, type MessageIds } from './message-ids.ts';
import { publishEvent } from './publish-event.ts';
import { type BodyBudget, readBody } from './read-body.ts';
import { type RequestFacts, readFacts } from './read-facts.ts';
import { readTarget } from './read-target.ts';
import { respond, type RestOfBody } from './respond.ts';

export interface EventReceiverOptions {
  readonly directory: Pick<BrokerDirectory, 'find'>;
  readonly outbox: Pick<Outbox, 'publish'>;
  readonly messageIds: MessageIds;
  readonly budget: BodyBudget;
  readonly maxEventBytes: number;
  /** Of NATS: headers and body of one message; a reconnect may change it. */
  readonly maxPayloadBytes: () => number;
  /** Of new events of a Broker that does not say itself. */
  readonly timeToLive: number;
  /** Of every stored event; undefined: nobody asks. */
  readonly onStored: ((broker: BrokerEntry, event: CloudEvent) => void) | undefined;
  readonly observeDurationMs: (durationMs: number) => void;
  readonly now: () => number;
  readonly logger: Logger;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly facts: RequestFacts;
  readonly startedAtMs: number;
  broker: BrokerEntry | undefined;
  rest: RestOfBody;
}

/** Events of one batch that are under way to the stream at once. */
const batchWindow = 256;

/**
 * The way of a request, in this order: method and path, Broker, size, body, events, stream, answer. 202 is sent only
 * after the stream has confirmed; nothing is logged for an event.
 */
export class EventReceiver {
  /** Answers to requests that name no Broker of ours; a Broker counts its own. */
  readonly strayCounts = new IngressCounts();
  readonly #options: EventReceiverOptions;

  constructor(options: EventReceiverOptions) {
    this.#options = options;
  }

  receive(request: IncomingMessage, response: ServerResponse, isContinueExpected: boolean): void {
    const facts = readFacts(request.rawHeaders);
    const exchange: Exchange = {
      request,
      response,
      facts,
      startedAtMs: this.#options.now(),
      broker: undefined,
      rest: facts.contentLength === 0 ? 'none' : isContinueExpected ? 'unasked' : 'coming',
    };
    const target = readTarget(request.method ?? '', request.url ?? '');
    if (target.kind === 'answered') {
      this.#answer(exchange, target.answer);
      return;
    }
    exchange.broker = this.#options.directory.find(target.path);
    if (exchange.broker === undefined) this.#answer(exchange, { code: 404 });
    else this.#read(exchange, exchange.broker);
  }

  #read(exchange: Exchange, broker: BrokerEntry): void {
    const { maxEventBytes, budget } = this.#options;
    if ((exchange.facts.contentLength ?? 0) > maxEventBytes) {
      this.#answer(exchange, tooLarge(maxEventBytes));
      return;
    }
    if (exchange.rest === 'unasked') {
      exchange.response.writeContinue();
      exchange.rest = 'coming';
    }
    readBody(exchange.request, maxEventBytes, budget, (read) => {
      switch (read.kind) {
        case 'complete':
          exchange.rest = 'none';
          this.#store(exchange, broker, read.body);
          return;
        case 'too-large':
          this.#answer(exchange, tooLarge(maxEventBytes));
          return;
        case 'no-room':
          this.#answer(exchange, unavailable('too many events are being received'));
      }
    });
  }

  #store(exchange: Exchange, broker: BrokerEntry, body: Buffer): void {
    try {
      const timeToLive = broker.options.timeToLive ?? this.#options.timeToLive;
      const admission = admitEvents(exchange.request.rawHeaders, body, timeToLive);
      if (admission.kind === 'refused') this.#answer(exchange, admission.answer);
      else if (admission.isBatch) this.#storeBatch(exchange, broker, admission.events);
      else this.#storeOne(exchange, broker, admission.event);
    } catch (error) {
      this.#fail(exchange, error);
    }
  }

  #storeOne(exchange: Exchange, broker: BrokerEntry, event: CloudEvent): void {
    this.#publish(exchange, broker, event, 0).then(
      (outcome) => this.#answer(exchange, answerTo(outcome)),
      (error: unknown) => this.#fail(exchange, error),
    );
  }

  #storeBatch(exchange: Exchange, broker: BrokerEntry, events: readonly CloudEvent[]): void {
    this.#publishBatch(exchange, broker, events).then(
      (outcomes) => this.#answer(exchange, answerToBatch(outcomes)),
      (error: unknown) => this.#fail(exchange, error),
    );
  }

  #publish(
    exchange: Exchange,
    broker: BrokerEntry,
    event: CloudEvent,
    index: number,
  ): Promise<PublishOutcome> {
    const publication = {
      broker,
      event,
      carriedHeaders: carriedHeaders(exchange.request.rawHeaders),
      messageId: this.#messageIdOf(exchange, broker, event, index),
    };
    const { outbox, maxPayloadBytes, onStored } = this.#options;
    const published = publishEvent(outbox, publication, maxPayloadBytes());
    return onStored === undefined ? published : told(published, () => onStored(broker, event));
  }

  /** What the Broker promises of `source` and `id` holds whatever key a sender sends. */
  #messageIdOf({ facts }: Exchange, broker: BrokerEntry, event: CloudEvent, index: number): string {
    if (broker.options.deduplicates) return eventMessageId(broker.uid, event);
    const { idempotencyKey } = facts;
    return idempotencyKey === undefined
      ? this.#options.messageIds.fresh()
      : idempotentMessageId(broker.uid, event, idempotencyKey, index);
  }

  async #publishBatch(
    exchange: Exchange,
    broker: BrokerEntry,
    events: readonly CloudEvent[],
  ): Promise<PublishOutcome[]> {
    const outcomes: PublishOutcome[] = [];
    while (outcomes.length < events.length) {
      const start = outcomes.length;
      const window = events.slice(start, start + batchWindow);
      const published = window.map((event, offset) =>
        this.#publish(exchange, broker, event, start + offset),
      );
      outcomes.push(...(await Promise.all(published)));
      // The rest would only wait for one deadline after the other.
      const failure = outcomes.find(({ kind }) => kind === 'unavailable');
      if (failure !== undefined) outcomes.push(...events.slice(outcomes.length).map(() => failure));
    }
    return outcomes;
  }

  #answer(exchange: Exchange, answer: Answer): void {
    const { broker, request, response, rest, startedAtMs } = exchange;
    (broker?.counts ?? this.strayCounts).add(answer.code);
    this.#options.observeDurationMs(this.#options.now() - startedAtMs);
    respond(request, response, answer, rest);
  }

  /** Every expected outcome is a value: what arrives here is a fault of ours, and the sender may try again. */
  #fail(exchange: Exchange, error: unknown): void {
    this.#options.logger.error('A request broke', { path: exchange.request.url, err: error });
    this.#answer(exchange, { code: 500 });
  }
}

async function told(published: Promise<PublishOutcome>, tell: () => void): Promise<PublishOutcome> {
  const outcome = await published;
  if (outcome.kind === 'stored') tell();
  return outcome;
}
