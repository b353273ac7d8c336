import type { KubernetesObject, Subscription } from '@jetmesh/eventing-api';

/** Labels by which a Trigger of the bridge points back at its Subscription. */
const subscriptionLabels = {
  namespace: 'jetmesh.dev/subscription-namespace',
  name: 'jetmesh.dev/subscription-name',
  uid: 'jetmesh.dev/subscription-uid',
} as const;

const longestLabelValue = 63;

export function labelsFor(subscription: Subscription): Record<string, string> {
  const { namespace = '', name, uid = '' } = subscription.metadata;
  return {
    [subscriptionLabels.namespace]: namespace,
    ...(name.length > longestLabelValue ? {} : { [subscriptionLabels.name]: name }),
    [subscriptionLabels.uid]: uid,
  };
}

/** The UID of the Subscription that a Trigger was made for; undefined for a Trigger of somebody else. */
export function subscriptionUidOf(trigger: KubernetesObject): string | undefined {
  return trigger.metadata.labels?.[subscriptionLabels.uid];
}
