import {
  subscriptionUidOf,
  brokerKind,
  eventActivationKind,
  httpSourceKind,
  serviceKind,
  subscriptionKind,
  triggerKind,
  type Broker,
  type EventActivation,
  type HttpSource,
  type KubernetesObject,
  type ResourceKind,
  type Service,
  type Subscription,
  type Trigger,
} from '@jetmesh/eventing-api';
import { Reflector, type KubeClient, type Logger } from '@jetmesh/kube-controller';

/** Names of the indexes of the stores below. */
export const indexes = {
  namespace: 'namespace',
  uid: 'uid',
  subscription: 'subscription',
  foreign: 'foreign',
  source: 'source',
} as const;

/** What this program knows of the cluster, kept current by watches. */
export interface ClusterView {
  /** Indexed by Namespace and by UID. */
  readonly subscriptions: Reflector<Subscription>;
  /** Indexed by the UID of their Subscription; those of somebody else by Namespace, under `foreign`. */
  readonly triggers: Reflector<Trigger>;
  readonly brokers: Reflector<Broker>;
  readonly services: Reflector<Service>;
  /** Indexed by the Application that they bind. */
  readonly activations: Reflector<EventActivation>;
  /** Indexed by the Application that they declare. */
  readonly httpSources: Reflector<HttpSource>;
  whenSynced(): Promise<void>;
  readonly missingKinds: string[];
}

export function watchCluster(client: KubeClient, logger: Logger, signal: AbortSignal): ClusterView {
  const reflect = <T extends KubernetesObject>(kind: ResourceKind) =>
    new Reflector<T>({ client, kind, logger });
  const kinds = {
    subscriptions: reflect<Subscription>(subscriptionKind),
    triggers: reflect<Trigger>(triggerKind),
    brokers: reflect<Broker>(brokerKind),
    services: reflect<Service>(serviceKind),
    activations: reflect<EventActivation>(eventActivationKind),
    httpSources: reflect<HttpSource>(httpSourceKind),
  };
  kinds.subscriptions.store.addIndex(indexes.namespace, namespaceOf);
  kinds.subscriptions.store.addIndex(indexes.uid, ({ metadata }) => [metadata.uid ?? '']);
  kinds.triggers.store.addIndex(indexes.subscription, ownersOf);
  kinds.triggers.store.addIndex(indexes.foreign, (trigger) =>
    subscriptionUidOf(trigger) === undefined ? namespaceOf(trigger) : [],
  );
  kinds.activations.store.addIndex(indexes.source, ({ spec }) => [spec.sourceId]);
  kinds.httpSources.store.addIndex(indexes.source, ({ spec }) => [spec.source]);
  const reflectors = Object.values(kinds);
  for (const reflector of reflectors) reflector.start(signal);
  return {
    ...kinds,
    whenSynced: async () => {
      await Promise.all(reflectors.map((reflector) => reflector.whenSynced()));
    },
    get missingKinds() {
      const entries = Object.entries(kinds);
      return entries.filter(([, reflector]) => !reflector.hasSynced).map(([kind]) => kind);
    },
  };
}

function ownersOf(trigger: Trigger): string[] {
  const uid = subscriptionUidOf(trigger);
  return uid === undefined ? [] : [uid];
}

function namespaceOf({ metadata }: KubernetesObject): string[] {
  return [metadata.namespace ?? ''];
}
