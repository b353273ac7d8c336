import { consumerName, isTriggerConsumer, type ServerFeatures } from '@jetmesh/jetstream';

const plainNames: ServerFeatures = {
  version: '',
  filterUnions: true,
  metadata: true,
  filterUpdates: true,
};

/** What the names of all consumers of one Trigger begin with, whatever its filter is and was. */
export function consumerFamilyOf(triggerUid: string): string {
  return consumerName(triggerUid, [], plainNames);
}

/** The family of a consumer; undefined for one that is not of Jetmesh's naming. */
export function familyOf(consumer: string): string | undefined {
  return isTriggerConsumer(consumer) ? consumer.replace(/_[0-9a-f]{16}$/, '') : undefined;
}
