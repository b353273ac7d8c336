import type { Trigger } from '@jetmesh/eventing-api';
import type { Reflector } from '@jetmesh/kube-controller';
import { TriggerDirectory } from './trigger-directory.ts';

export type CanBeReceived = (brokerKey: string, attributes: ReadonlyMap<string, string>) => boolean;

/**
 * Follows all Triggers. Until they are known, and while `isCurrent` says that the API server may not be reached, every
 * event counts as one that somebody receives.
 */
export function watchTriggers(
  triggers: Reflector<Trigger>,
  isCurrent: () => boolean,
): CanBeReceived {
  const directory = new TriggerDirectory();
  triggers.subscribe((change) => {
    if (change.kind === 'deleted') directory.delete(change.object);
    else directory.set(change.object);
  });
  return (brokerKey, attributes) =>
    !triggers.hasSynced || !isCurrent() || directory.canMatch(brokerKey, attributes);
}
