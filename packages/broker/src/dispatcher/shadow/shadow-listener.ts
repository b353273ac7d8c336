import type { Broker, ShadowReport, Trigger } from '@jetmesh/eventing-api';
import {
  brokerOfShadowSubject,
  shadowReportSubject,
  shadowSubjects,
  UnstoredMessages,
  type JetStreamConnection,
  type UnstoredMessage,
} from '@jetmesh/jetstream';
import type { Reflector } from '@jetmesh/kube-controller';
import { Counter, type Registry } from '@jetmesh/service-runtime';
import type { DeliveryDefaults } from '../delivery-plan.ts';
import { readAttributes } from './read-attributes.ts';
import { ShadowJudge } from './shadow-judge.ts';
import { ShadowTally } from './shadow-tally.ts';

export interface ShadowListenerOptions {
  readonly connection: JetStreamConnection;
  readonly triggers: Pick<Reflector<Trigger>, 'store'>;
  readonly brokers: Pick<Reflector<Broker>, 'subscribe'>;
  readonly defaults: DeliveryDefaults;
  readonly registry: Registry;
}

/** Kinds of events that are told apart; an answer with as many still fits into one message. */
const maxKinds = 2_000;
const group = 'dispatchers';

/** Judges shadow events and counts for whom they would be; one of all dispatchers gets each. It can deliver nothing. */
export class ShadowListener {
  readonly #messages: UnstoredMessages;
  readonly #judge: ShadowJudge;
  readonly #tally = new ShadowTally(maxKinds);
  readonly #results: Counter<'result'>;
  #stops: readonly (() => void)[] = [];

  constructor({ connection, triggers, brokers, defaults, registry }: ShadowListenerOptions) {
    this.#messages = new UnstoredMessages(connection);
    this.#judge = new ShadowJudge({ triggers: triggers.store, brokers, defaults });
    this.#results = new Counter({
      name: 'eventing_shadow_events_total',
      help: 'Events that were judged and not delivered: for some Trigger, for none, or not understood',
      labelNames: ['result'],
      registers: [registry],
    });
  }

  /** To be called when Triggers and Brokers are known. */
  open(): void {
    this.#stops = [
      this.#messages.listen(shadowSubjects, (message) => this.#count(message), { group }),
      this.#messages.listen(shadowReportSubject, (message) => this.#report(message)),
    ];
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #count({ subject, text }: UnstoredMessage): void {
    const attributes = readAttributes(text);
    const judged = attributes && this.#judge.judge(brokerOfShadowSubject(subject), attributes);
    if (attributes === undefined || judged === undefined) {
      this.#results.inc({ result: 'unknown' });
      return;
    }
    this.#tally.add(judged.broker, attributes, judged.triggers);
    this.#results.inc({ result: judged.triggers.length === 0 ? 'unwanted' : 'wanted' });
  }

  /** The question is a source; everybody answers what it has counted of it. */
  #report({ text: source, respond }: UnstoredMessage): void {
    const { uncountedCount } = this.#tally;
    const counts = this.#tally.ofSource(source);
    respond(JSON.stringify({ uncountedCount, counts } satisfies ShadowReport));
  }
}
