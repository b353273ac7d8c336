import { conditionOf, type Trigger } from '@jetmesh/eventing-api';
import { placeInStatus } from './consumer-place.ts';
import type { TriggerFacts } from './trigger-facts.ts';

/**
 * A Trigger without Broker belongs to nobody: another implementation in the cluster may report on it too. Once its
 * status says what is missing, whoever wrote that, it is left alone, so that two controllers do not write for ever.
 */
export function isToldOfMissingBroker(trigger: Trigger, { broker }: TriggerFacts): boolean {
  if (broker.kind !== 'missing') return false;
  const condition = conditionOf(trigger, 'BrokerReady');
  return (
    condition?.status === 'False' &&
    condition.reason === 'BrokerDoesNotExist' &&
    conditionOf(trigger, 'Ready')?.status === 'False' &&
    trigger.status?.observedGeneration === trigger.metadata.generation &&
    placeInStatus(trigger) === undefined
  );
}
