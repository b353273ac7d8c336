import {
  annotationMessage,
  jetmeshAnnotations,
  triggerControls,
  type ConditionFinding,
  type StartFrom,
  type Trigger,
} from '@jetmesh/eventing-api';
import { compileFilters, type FilterProblem } from '@jetmesh/event-filter';
import { filterSubjects, retryStreamName, type ServerFeatures } from '@jetmesh/jetstream';
import { consumerFamilyOf, consumerOf } from './consumer-owner.ts';
import { placeInStatus, type ConsumerPlace } from './consumer-place.ts';
import type { TriggerFacts } from './trigger-facts.ts';

/** What to do about a Trigger's durable consumer. */
export type SubscriptionPlan =
  | {
      readonly kind: 'subscribe';
      readonly place: ConsumerPlace;
      readonly subjects: readonly string[];
      /** The consumer that status names now; undefined for a Trigger that never had one on this stream. */
      readonly current: ConsumerPlace | undefined;
      /** False: the dispatcher has no address to deliver to, so nobody will be seen pulling. */
      readonly canBeSeen: boolean;
      /** Nobody will be seen pulling either, and that is as it should be. */
      readonly isPaused: boolean;
      readonly startFrom: StartFrom;
    }
  | {
      /** Shares the consumer of the Broker's stream; its own one has what is to be tried again. */
      readonly kind: 'join';
      readonly place: Required<ConsumerPlace>;
      readonly current: ConsumerPlace | undefined;
      readonly canBeSeen: boolean;
      readonly isPaused: boolean;
    }
  | {
      readonly kind: 'hold';
      readonly finding: ConditionFinding;
      /** Left as it is: its events wait. */
      readonly current: ConsumerPlace | undefined;
    };

export interface PlanContext {
  readonly features: ServerFeatures;
  /** Whether a new Trigger would share its Broker's consumer; asked only for one without a consumer. */
  readonly sharesConsumer: () => boolean;
}

/**
 * A first consumer is made only for a Trigger that can be served. One that exists is never given up for a fault that
 * can be repaired, because the events in it would be lost.
 */
export function subscriptionPlan(
  trigger: Trigger,
  facts: TriggerFacts,
  { features, sharesConsumer }: PlanContext,
): SubscriptionPlan {
  if (facts.broker.kind !== 'found') return hold(notConfigured, undefined);
  const { broker } = facts.broker;
  const stream = broker.status?.annotations?.[jetmeshAnnotations.stream];
  const brokerUid = broker.metadata.uid;
  if (stream === undefined || brokerUid === undefined) return hold(notConfigured, undefined);
  const inStatus = placeInStatus(trigger);
  const isMember = inStatus?.stream === retryStreamName(brokerUid);
  const current = inStatus?.stream === stream || isMember ? inStatus : undefined;
  const compiled = compileFilters(trigger.spec);
  if (compiled.kind === 'invalid') return hold(invalidFilter(compiled.problems), current);
  const reading = triggerControls(trigger);
  if (reading.kind === 'invalid') return hold(invalidAnnotation(reading.problems), current);
  const { isPaused, startFrom } = reading.controls;
  const isResolved = facts.subscriber.kind === 'resolved';
  if (!isResolved && current === undefined) return hold(subscriberNotResolved, undefined);
  if (isMember || (current === undefined && sharesConsumer())) {
    return join(trigger, { brokerUid, stream, current, isResolved, isPaused });
  }
  const subjects = filterSubjects(brokerUid, compiled.filter.narrowing, features);
  return {
    kind: 'subscribe',
    place: { stream, consumer: consumerOf(trigger, subjects) },
    subjects,
    current,
    canBeSeen: isResolved,
    isPaused,
    startFrom,
  };
}

function join(
  { metadata }: Trigger,
  found: {
    readonly brokerUid: string;
    readonly stream: string;
    readonly current: ConsumerPlace | undefined;
    readonly isResolved: boolean;
    readonly isPaused: boolean;
  },
): SubscriptionPlan {
  return {
    kind: 'join',
    place: {
      stream: retryStreamName(found.brokerUid),
      consumer: consumerFamilyOf(metadata.uid ?? ''),
      sharedStream: found.stream,
    },
    current: found.current,
    canBeSeen: found.isResolved,
    isPaused: found.isPaused,
  };
}

const notConfigured: ConditionFinding = {
  status: 'Unknown',
  reason: 'SubscriptionNotConfigured',
  message: 'Subscription has not yet been reconciled.',
};

export const subscriberNotResolved: ConditionFinding = {
  status: 'Unknown',
  reason: 'SubscriberNotResolved',
  message: 'Events are kept until the subscriber has an address.',
};

/** Until it is repaired the dispatchers deliver nothing: what the annotation was to limit is unknown. */
function invalidAnnotation(problems: Parameters<typeof annotationMessage>[0]): ConditionFinding {
  return { status: 'False', reason: 'InvalidAnnotation', message: annotationMessage(problems) };
}

function invalidFilter(problems: readonly FilterProblem[]): ConditionFinding {
  const message = problems.map(filterProblemText).join('\n');
  return { status: 'False', reason: 'InvalidFilter', message };
}

/** A person counts from one. */
function filterProblemText({ path, message, position }: FilterProblem): string {
  const place = position === undefined ? '' : ` (character ${position + 1} of the expression)`;
  return `${path}: ${message}${place}`;
}

function hold(finding: ConditionFinding, current: ConsumerPlace | undefined): SubscriptionPlan {
  return { kind: 'hold', finding, current };
}
