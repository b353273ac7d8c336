import type { Condition, ConditionFinding } from '@jetmesh/eventing-api';

/** What a condition says, without its type and time. */
export function findingOf({ status, reason, message }: Condition): ConditionFinding {
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
  };
}
