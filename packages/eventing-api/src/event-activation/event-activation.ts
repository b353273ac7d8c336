import type { KubernetesObject } from '../kubernetes/object.ts';
import type { ResourceKind } from '../kubernetes/resource-kind.ts';

export const eventActivationKind: ResourceKind = {
  group: 'applicationconnector.kyma-project.io',
  version: 'v1alpha1',
  kind: 'EventActivation',
  plural: 'eventactivations',
  isNamespaced: true,
};

/** Binds the Application `sourceId` to this object's Namespace. */
export interface EventActivation extends KubernetesObject {
  spec: { sourceId: string; displayName?: string };
}
