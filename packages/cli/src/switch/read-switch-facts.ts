import {
  brokerKind,
  eventActivationKind,
  httpSourceKind,
  subscriptionKind,
  triggerKind,
  type Broker,
  type EventActivation,
  type HttpSource,
  type Subscription,
  type SwitchFacts,
  type Trigger,
} from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';

export async function readSwitchFacts(client: KubeClient, busBroker: string): Promise<SwitchFacts> {
  // Sources first: whoever patches one by this resourceVersion knows that all the rest is not older.
  const httpSources = await client.list<HttpSource>(httpSourceKind);
  const [subscriptions, activations, triggers, brokers] = await Promise.all([
    client.list<Subscription>(subscriptionKind),
    client.list<EventActivation>(eventActivationKind),
    client.list<Trigger>(triggerKind),
    client.list<Broker>(brokerKind),
  ]);
  return {
    httpSources: httpSources.items,
    subscriptions: subscriptions.items,
    activations: activations.items,
    triggers: triggers.items,
    brokers: brokers.items,
    busBroker,
  };
}
