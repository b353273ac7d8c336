import {
  admissionPolicies,
  admissionPolicyBindingKind,
  admissionPolicyKind,
  brokerClassAnnotation,
  brokerKind,
  customResourceDefinitionKind,
  customResourceDefinitions,
  jetmeshBrokerClass,
  namespaceKind,
  type KubernetesObject,
  type ResourceKind,
} from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import { setTimeout as delay } from 'node:timers/promises';

const fieldManager = 'jetmesh-up';

/** Applies what every mesh needs: the kinds, Jetmesh's and Kyma's system Namespaces, and the event bus. */
export async function applyBaseResources(client: KubeClient): Promise<void> {
  for (const definition of customResourceDefinitions) {
    await client.apply(customResourceDefinitionKind, definition, { fieldManager, force: true });
  }
  for (const { policy, binding } of admissionPolicies) {
    await apply(client, admissionPolicyKind, policy);
    await apply(client, admissionPolicyBindingKind, binding);
  }
  await apply(client, namespaceKind, namespace('jetmesh-system'));
  await apply(client, namespaceKind, namespace('kyma-system'));
  await untilServed(() => apply(client, brokerKind, eventBus));
}

async function apply(client: KubeClient, kind: ResourceKind, object: KubernetesObject) {
  await client.apply(kind, object, { fieldManager, force: true });
}

/** A kind is served a moment after its definition is stored. */
async function untilServed(action: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await action();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(100);
    }
  }
}

function namespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

const eventBus: KubernetesObject = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {
    name: 'event-bus',
    namespace: 'kyma-system',
    annotations: { [brokerClassAnnotation]: jetmeshBrokerClass },
  },
};
