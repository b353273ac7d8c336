import { compileFilters } from '@jetmesh/event-filter';
import { createDeliveryContext } from '../create-delivery-context.ts';
import type { SubscriptionParts } from '../subscription-factory.ts';
import type { DesiredMembership } from './desired-membership.ts';
import { GroupSet } from './group-set.ts';
import { GroupSubscription } from './group-subscription.ts';
import { directShareOf } from './shares-of-bound.ts';
import { TriggerMember } from './trigger-member.ts';

export function createGroupSet(parts: SubscriptionParts): GroupSet {
  const { puller, logger, replicas } = parts;
  const isLive = () => replicas.isLive;
  return new GroupSet({
    createGroup: (stream) => new GroupSubscription({ stream, puller, logger, isLive }),
    createMember: (key, desired, group) => createMember(key, desired, { parts, group }),
  });
}

/** Undefined when its filter does not compile, which matches nothing. */
function createMember(
  key: string,
  { filterSpec, plan, retryStream, triggerUid }: DesiredMembership,
  { parts, group }: { parts: SubscriptionParts; group: GroupSubscription },
): TriggerMember | undefined {
  const compiled = compileFilters(filterSpec);
  if (compiled.kind === 'invalid') return undefined;
  return new TriggerMember({
    retryStream,
    triggerUid,
    filter: compiled.filter,
    delivery: plan && {
      context: createDeliveryContext(key, plan, parts),
      isAbandoned: () => group.isAbandoned,
      maxOpen: directShareOf(plan.maxInFlight),
    },
    publisher: parts.publisher,
  });
}
