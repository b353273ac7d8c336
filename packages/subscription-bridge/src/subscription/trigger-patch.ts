import {
  isWatchedDrain,
  jetmeshAnnotations,
  triggerDrainAnnotations,
  type Trigger,
  type TriggerSpec,
} from '@jetmesh/eventing-api';
import { mergePatchBetween } from './merge-patch-between.ts';

/** Annotations that the bridge sets or takes away; all others belong to others. */
const ownAnnotations: readonly string[] = [
  jetmeshAnnotations.deliveryProfile,
  jetmeshAnnotations.maxInFlight,
  jetmeshAnnotations.subscriptionNameHeader,
  jetmeshAnnotations.paused,
  triggerDrainAnnotations.requested,
];

/** The merge patch that turns `existing` into `wanted`; undefined when there is nothing to change. */
export function triggerPatch(wanted: Trigger, existing: Trigger): object | undefined {
  const metadata = {
    ...changed('labels', labelChanges(wanted, existing)),
    ...changed('annotations', annotationChanges(wanted, existing)),
    ...ownerChange(wanted, existing),
  };
  const spec = specChanges(wanted.spec, existing.spec);
  if (Object.keys(metadata).length === 0 && Object.keys(spec).length === 0) return undefined;
  return { ...changed('metadata', metadata), ...changed('spec', spec) };
}

function labelChanges(wanted: Trigger, existing: Trigger): Record<string, string> {
  const before = existing.metadata.labels ?? {};
  const after = Object.entries(wanted.metadata.labels ?? {});
  return Object.fromEntries(after.filter(([name, value]) => before[name] !== value));
}

function annotationChanges(wanted: Trigger, existing: Trigger): Record<string, string | null> {
  const before = existing.metadata.annotations ?? {};
  const after = wanted.metadata.annotations ?? {};
  const isWatched = isWatchedDrain(before[triggerDrainAnnotations.requested]);
  const different = ownAnnotations
    .filter((name) => before[name] !== after[name])
    .filter((name) => name !== triggerDrainAnnotations.requested || !isWatched);
  return Object.fromEntries(different.map((name) => [name, after[name] ?? null]));
}

/** The owner's UID changes when a Subscription is made again while its Trigger is still there. */
function ownerChange(wanted: Trigger, existing: Trigger): object {
  const [owner] = wanted.metadata.ownerReferences ?? [];
  if (owner === undefined) return {};
  const isOwned = existing.metadata.ownerReferences?.some(({ uid }) => uid === owner.uid) ?? false;
  return isOwned ? {} : { ownerReferences: [owner] };
}

/** `broker` is part of the name and never changes; a server's default for an absent filter is no difference. */
function specChanges(wanted: TriggerSpec, existing: TriggerSpec): Record<string, unknown> {
  const { filter = {}, filters = [], subscriber, delivery } = existing;
  const before = { filter, filters, subscriber, delivery };
  const after = { filter: {}, filters: [], ...withoutBroker(wanted) };
  return (mergePatchBetween(before, after) ?? {}) as Record<string, unknown>;
}

function withoutBroker({ filter, filters, subscriber, delivery }: TriggerSpec): object {
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(filters === undefined ? {} : { filters }),
    subscriber,
    delivery,
  };
}

function changed<T extends object>(name: string, changes: T): Record<string, T> {
  return Object.keys(changes).length === 0 ? {} : { [name]: changes };
}
