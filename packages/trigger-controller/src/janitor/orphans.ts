import { deadLetterStreamName, retryStreamName, streamName } from '@jetmesh/jetstream';
import type { Trigger } from '@jetmesh/eventing-api';
import { isSubscriptionConfirmed, placeInStatus } from '../trigger/consumer-place.ts';
import { consumerFamilyOf, familyOf } from '../trigger/consumer-owner.ts';

/** Streams of Jetmesh's naming whose Broker is gone. */
export function orphanStreams(streams: readonly string[], brokerUids: readonly string[]): string[] {
  const owned = new Set(
    brokerUids.flatMap((uid) => [streamName(uid), deadLetterStreamName(uid), retryStreamName(uid)]),
  );
  return streams.filter((name) => !owned.has(name));
}

/** Consumers of Jetmesh's naming whose Trigger is gone, or which a changed filter has replaced. */
export function orphanConsumers(
  stream: string,
  consumers: readonly string[],
  triggersByFamily: ReadonlyMap<string, Trigger>,
): string[] {
  return consumers.filter((consumer) => {
    const family = familyOf(consumer);
    if (family === undefined) return false;
    const owner = triggersByFamily.get(family);
    return owner === undefined || isReplaced(stream, consumer, owner);
  });
}

export function byConsumerFamily(triggers: readonly Trigger[]): Map<string, Trigger> {
  return new Map(triggers.map((one) => [consumerFamilyOf(one.metadata.uid ?? ''), one]));
}

/** Only once the Trigger's consumer is confirmed: until then its predecessor may still be worked off. */
function isReplaced(stream: string, consumer: string, owner: Trigger): boolean {
  const place = placeInStatus(owner);
  if (place === undefined || !isSubscriptionConfirmed(owner)) return false;
  return place.stream !== stream || place.consumer !== consumer;
}
