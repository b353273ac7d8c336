import { conditionOf, jetmeshAnnotations, type Trigger } from '@jetmesh/eventing-api';

/** A durable consumer, as the dispatcher finds it in a Trigger's status. */
export interface ConsumerPlace {
  readonly stream: string;
  readonly consumer: string;
  /** The stream whose consumer the Trigger shares with others; then its own one is on the Broker's retry stream. */
  readonly sharedStream?: string;
}

export function placeInStatus(trigger: Trigger): ConsumerPlace | undefined {
  const stream = trigger.status?.annotations?.[jetmeshAnnotations.stream];
  const consumer = trigger.status?.annotations?.[jetmeshAnnotations.consumer];
  const sharedStream = trigger.status?.annotations?.[jetmeshAnnotations.sharedStream];
  if (stream === undefined || consumer === undefined) return undefined;
  return { stream, consumer, ...(sharedStream === undefined ? {} : { sharedStream }) };
}

export function isInStatus(
  trigger: Trigger,
  { stream, consumer, sharedStream }: ConsumerPlace,
): boolean {
  const inStatus = placeInStatus(trigger);
  return (
    inStatus?.stream === stream &&
    inStatus.consumer === consumer &&
    inStatus.sharedStream === sharedStream
  );
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
