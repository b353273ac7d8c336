import type { Trigger } from '@jetmesh/eventing-api';
import { consumerName, isTriggerConsumer, type ServerFeatures } from '@jetmesh/jetstream';

const plainNames: ServerFeatures = {
  version: '',
  filterUnions: true,
  metadata: true,
  filterUpdates: true,
};

const hashedNames: ServerFeatures = { ...plainNames, filterUpdates: false };

/**
 * The consumer of a Trigger, named after its whole filter, also where the server could change a filter in place: a
 * dispatcher that does not know a new filter yet then pulls from the old consumer, and settles no event of the new one.
 */
export function consumerOf({ metadata, spec }: Trigger, subjects: readonly string[]): string {
  const filter = JSON.stringify([spec.filter ?? {}, spec.filters ?? []]);
  return consumerName(metadata.uid ?? '', [...subjects, filter], hashedNames);
}

/** What the names of all consumers of one Trigger begin with, whatever its filter is and was. */
export function consumerFamilyOf(triggerUid: string): string {
  return consumerName(triggerUid, [], plainNames);
}

/** The family of a consumer; undefined for one that is not of Jetmesh's naming. */
export function familyOf(consumer: string): string | undefined {
  return isTriggerConsumer(consumer) ? consumer.replace(/_[0-9a-f]{16}$/, '') : undefined;
}
