import type { Trigger } from '@jetmesh/eventing-api';
import type { ConsumerPlace } from './consumer-place.ts';
import { notSeen } from './subscription-findings.ts';
import type { SubscribeContext, SubscriptionOutcome } from './subscription-outcome.ts';

/** When nothing has changed for the better meanwhile. */
const nextLookMs = 200;

/** One look at the Trigger's own consumer; undefined once a dispatcher has been seen pulling from it. */
export async function seeDispatcher(
  { metadata }: Trigger,
  place: ConsumerPlace,
  { admin, watch }: Pick<SubscribeContext, 'admin' | 'watch'>,
): Promise<SubscriptionOutcome | undefined> {
  const state = await admin.consumerState(place.stream, place.consumer);
  if (state === undefined) return { finding: notSeen(place), consumer: place, nextLookMs };
  const about = `${place.consumer} ${metadata.generation ?? 0}`;
  const sighting = watch.look(metadata.uid ?? '', about, state);
  if (sighting.kind === 'seen') return undefined;
  return { finding: notSeen(place), consumer: place, nextLookMs: sighting.nextLookMs };
}
