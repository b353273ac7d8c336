import type { ConditionFinding } from '@jetmesh/eventing-api';
import { pausedReason, type ConsumerPlace } from './consumer-place.ts';

export const confirmed: ConditionFinding = { status: 'True' };

/** Nobody has to be seen pulling. */
export const paused: ConditionFinding = {
  status: 'True',
  reason: pausedReason,
  message: 'Events wait in the stream until jetmesh.dev/paused is taken away.',
};

export function notSeen({ consumer }: ConsumerPlace): ConditionFinding {
  return {
    status: 'Unknown',
    reason: 'NotSubscribed',
    message: `No dispatcher has been seen pulling from consumer "${consumer}" yet.`,
  };
}
