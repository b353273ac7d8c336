import type { ConsumerState } from '@jetmesh/jetstream';

/** What one look at a consumer shows. */
export type DispatcherSighting =
  { readonly kind: 'seen' } | { readonly kind: 'not-yet'; readonly nextLookMs: number };

interface Question {
  readonly about: string;
  readonly deliveredBefore: number;
  readonly lookCount: number;
}

const firstLookMs = 200;
const longestLookMs = 3000;

/**
 * Whether a dispatcher pulls from a Trigger's consumer: a pull request waits, or, under full load, events were
 * delivered between two looks. Remembers one open question a Trigger, and nothing once it is answered.
 */
export class DispatcherWatch {
  readonly #questions = new Map<string, Question>();

  /** `about` names the consumer and generation: another one is another question. */
  look(triggerUid: string, about: string, consumer: ConsumerState): DispatcherSighting {
    const asked = this.#questions.get(triggerUid);
    const question = asked?.about === about ? asked : newQuestion(about, consumer);
    const hasDelivered = consumer.deliveredConsumerSequence > question.deliveredBefore;
    if (consumer.numWaiting > 0 || hasDelivered) {
      this.#questions.delete(triggerUid);
      return { kind: 'seen' };
    }
    this.#questions.set(triggerUid, { ...question, lookCount: question.lookCount + 1 });
    const nextLookMs = Math.min(firstLookMs * 1.5 ** question.lookCount, longestLookMs);
    return { kind: 'not-yet', nextLookMs };
  }

  forget(triggerUid: string): void {
    this.#questions.delete(triggerUid);
  }
}

function newQuestion(about: string, consumer: ConsumerState): Question {
  return { about, deliveredBefore: consumer.deliveredConsumerSequence, lookCount: 0 };
}
