import {
  httpSourceKind,
  isReady,
  objectKey,
  subscriptionKind,
  triggerKind,
  type HttpSource,
  type Subscription,
  type Trigger,
} from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import { replicasBehind } from '../client/routed-generations.ts';

/** What of the quickstart is not ready yet, in words; undefined when all is. */
export async function demoIsMissing(client: KubeClient): Promise<string | undefined> {
  const triggers = await client.list<Trigger>(triggerKind);
  // The quickstart's own, and a bus and a mesh Trigger for each of its two Subscriptions.
  if (triggers.items.length < 5) return `${triggers.items.length} of 5 Triggers exist`;
  const waiting = triggers.items.find((trigger) => !isReady(trigger));
  if (waiting !== undefined) return `Trigger ${objectKey(waiting.metadata)} is not Ready`;

  const subscriptions = await client.list<Subscription>(subscriptionKind);
  const inactive = subscriptions.items.find((subscription) => !isActive(subscription));
  if (inactive !== undefined) return `Subscription ${objectKey(inactive.metadata)} is not ready`;
  return routesAreMissing(client);
}

/** Whether the adapter still routes by an older generation of the Application than the API server has. */
async function routesAreMissing(client: KubeClient): Promise<string | undefined> {
  const source = await client.get<HttpSource>(httpSourceKind, 'shop/commerce');
  if (source === undefined) return 'HTTPSource shop/commerce does not exist';
  const behind = await replicasBehind(client, source);
  return behind.length === 0 ? undefined : `adapter replicas behind: ${behind.join(', ')}`;
}

function isActive(subscription: Subscription): boolean {
  const { ready, conditions = [] } = subscription.status ?? {};
  return (
    ready === true ||
    conditions.some(({ type, status }) => type === 'is-ready' && status === 'True')
  );
}
