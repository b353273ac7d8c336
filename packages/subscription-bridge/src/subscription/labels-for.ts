import { subscriptionLabels, type Subscription } from '@jetmesh/eventing-api';

const longestLabelValue = 63;

/** The labels by which a Trigger of the bridge points back. */
export function labelsFor(subscription: Subscription): Record<string, string> {
  const { namespace = '', name, uid = '' } = subscription.metadata;
  return {
    [subscriptionLabels.namespace]: namespace,
    ...(name.length > longestLabelValue ? {} : { [subscriptionLabels.name]: name }),
    [subscriptionLabels.uid]: uid,
  };
}
