import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ServerFeatures } from '../connection/server-features.ts';
import { uidKey } from './uid-key.ts';

const eventStreamPrefix = 'JETMESH_BROKER_';
const deadLetterStreamPrefix = 'JETMESH_DEAD_';
const retryStreamPrefix = 'JETMESH_RETRY_';
const consumerPrefix = 'TRIGGER_';

/** The Broker's token in every subject of its events. */
export function brokerKey(brokerUid: string): string {
  return uidKey(brokerUid);
}

/** Carries the UID: a stream name must never be used again, or old messages may come back with it. */
export function streamName(brokerUid: string): string {
  return `${eventStreamPrefix}${uidKey(brokerUid)}`;
}

export function deadLetterStreamName(brokerUid: string): string {
  return `${deadLetterStreamPrefix}${uidKey(brokerUid)}`;
}

/** Holds what Triggers that share a consumer could not deliver at once. */
export function retryStreamName(brokerUid: string): string {
  return `${retryStreamPrefix}${uidKey(brokerUid)}`;
}

export function isRetryStream(name: string): boolean {
  return name.startsWith(retryStreamPrefix);
}

export function brokerKeyOfRetryStream(retryStream: string): string {
  assert.ok(isRetryStream(retryStream), `${retryStream} is no retry stream`);
  return retryStream.slice(retryStreamPrefix.length);
}

/** The consumer of a Broker's stream that many Triggers share. */
export const groupConsumerName = 'GROUP';

export function isJetmeshStream(name: string): boolean {
  const prefixes = [eventStreamPrefix, deadLetterStreamPrefix, retryStreamPrefix];
  return prefixes.some((prefix) => name.startsWith(prefix));
}

/**
 * Where a filter cannot be changed in place (nats-server 2.9), the name carries a hash of the subjects, so that a
 * changed filter is another consumer; `ensureConsumer` lets it start where its predecessor is.
 */
export function consumerName(
  triggerUid: string,
  subjects: readonly string[],
  features: ServerFeatures,
): string {
  const name = `${consumerPrefix}${uidKey(triggerUid)}`;
  if (features.filterUpdates) return name;
  const hash = createHash('sha256')
    .update([...subjects].sort().join(' '))
    .digest('hex');
  return `${name}_${hash.slice(0, 16)}`;
}

export function isTriggerConsumer(name: string): boolean {
  return consumerFamily(name) !== undefined;
}

/** What the names of all consumers of one Trigger have in common; undefined for a consumer of somebody else. */
export function consumerFamily(name: string): string | undefined {
  return /^(TRIGGER_(?:[A-Za-z0-9-]+|_[0-9a-f]{64}))(?:_[0-9a-f]{16})?$/.exec(name)?.[1];
}
