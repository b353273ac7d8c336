import { conditionOf, jetmeshAnnotations, type Trigger } from '@jetmesh/eventing-api';

/** A durable consumer, as the dispatcher finds it in a Trigger's status. */
export interface ConsumerPlace {
  readonly stream: string;
  readonly consumer: string;
}

export function placeInStatus(trigger: Trigger): ConsumerPlace | undefined {
  const stream = trigger.status?.annotations?.[jetmeshAnnotations.stream];
  const consumer = trigger.status?.annotations?.[jetmeshAnnotations.consumer];
  return stream === undefined || consumer === undefined ? undefined : { stream, consumer };
}

/** Of a Trigger that nobody needs to be seen pulling for. */
export const pausedReason = 'Paused';

/** Whether a dispatcher was seen on the consumer in status, for the generation that the Trigger has now. */
export function isSubscriptionConfirmed(trigger: Trigger): boolean {
  const condition = conditionOf(trigger, 'SubscriptionReady');
  return (
    trigger.status?.observedGeneration === trigger.metadata.generation &&
    condition?.status === 'True' &&
    condition.reason !== pausedReason
  );
}
