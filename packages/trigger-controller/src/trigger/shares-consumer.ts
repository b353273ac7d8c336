import { jetmeshAnnotations, type Trigger } from '@jetmesh/eventing-api';

/** What needs a consumer of the Trigger's own: an order, a bound over all replicas, or a start in the past. */
const ownConsumerAnnotations = [
  jetmeshAnnotations.deliveryProfile,
  jetmeshAnnotations.maxInFlight,
  jetmeshAnnotations.deliveryOrder,
  jetmeshAnnotations.rateLimit,
  jetmeshAnnotations.startFrom,
] as const;

/**
 * Whether a new Trigger shares its Broker's consumer. Each filtered consumer costs the server a share of every event, so
 * a Broker gets only `threshold` of them; a Trigger that needs one of its own gets it all the same.
 */
export function sharesConsumer(
  { metadata }: Trigger,
  { filteredConsumerCount, threshold }: { filteredConsumerCount: number; threshold: number },
): boolean {
  const annotations = metadata.annotations ?? {};
  if (ownConsumerAnnotations.some((name) => annotations[name] !== undefined)) return false;
  return filteredConsumerCount >= threshold;
}
