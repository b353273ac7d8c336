import { undeliveredText, type UndeliveredEvents } from './undelivered-events.ts';

/** What to do with a Broker that is being deleted. */
export type DeletionPlan =
  /** Nothing is undelivered, but senders may not know of the deletion yet: look again. */
  | { readonly kind: 'settle' }
  | { readonly kind: 'wait'; readonly undelivered: string }
  | {
      readonly kind: 'remove';
      readonly discarded: string | undefined;
      readonly why: DeletionCause;
    };

export type DeletionCause = 'drained' | 'forced' | 'namespace-ends';

export interface DeletionFacts {
  readonly isForced: boolean;
  readonly isNamespaceEnding: boolean;
  readonly undelivered: UndeliveredEvents;
  /** `lastSequence` of a look long enough ago; undefined: there was none. */
  readonly settledAt: number | undefined;
}

/** Nothing that a Trigger owes its subscriber goes unsaid; only a person, or the end of the Namespace, gives it up. */
export function deletionPlan(facts: DeletionFacts): DeletionPlan {
  const { isForced, isNamespaceEnding, undelivered, settledAt } = facts;
  const text = undeliveredText(undelivered);
  if (isForced) return { kind: 'remove', discarded: text, why: 'forced' };
  if (isNamespaceEnding) return { kind: 'remove', discarded: text, why: 'namespace-ends' };
  if (text !== undefined) return { kind: 'wait', undelivered: text };
  if (settledAt !== undefined && settledAt === undelivered.lastSequence) {
    return { kind: 'remove', discarded: undefined, why: 'drained' };
  }
  return { kind: 'settle' };
}
