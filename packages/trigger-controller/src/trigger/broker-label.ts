import type { Trigger } from '@jetmesh/eventing-api';
import { brokerNamedBy } from './trigger-broker.ts';

const brokerLabel = 'eventing.knative.dev/broker';
const longestLabelValue = 63;

/** The patch that puts Knative's label of the Broker on a Trigger; undefined when it is there, or cannot be. */
export function brokerLabelPatch(trigger: Trigger): object | undefined {
  const { name } = brokerNamedBy(trigger);
  if (name.length > longestLabelValue) return undefined;
  if (trigger.metadata.labels?.[brokerLabel] === name) return undefined;
  return { metadata: { labels: { [brokerLabel]: name } } };
}
