import type { KubernetesObject } from '../kubernetes/object.ts';

/** Labels by which a Trigger of the bridge points back at its Subscription. */
export const subscriptionLabels = {
  namespace: 'jetmesh.dev/subscription-namespace',
  name: 'jetmesh.dev/subscription-name',
  uid: 'jetmesh.dev/subscription-uid',
} as const;

/** The UID of the Subscription that a Trigger was made for; undefined for a Trigger of somebody else. */
export function subscriptionUidOf(trigger: KubernetesObject): string | undefined {
  return trigger.metadata.labels?.[subscriptionLabels.uid];
}
