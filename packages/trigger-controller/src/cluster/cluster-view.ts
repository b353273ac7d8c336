import {
  apiVersionOf,
  brokerKind,
  namespaceKind,
  serviceKind,
  triggerKind,
  type Broker,
  type KubernetesObject,
  type ResourceKind,
  type Service,
  type Trigger,
} from '@jetmesh/eventing-api';
import { Reflector, type KubeClient, type Logger } from '@jetmesh/kube-controller';
import { brokerNamedBy } from '../trigger/trigger-broker.ts';
import { referencesOfTrigger } from './references-of.ts';
import { ReferencedObjects } from './referenced-objects.ts';

/** Names of the indexes of the Triggers below. */
export const indexes = { broker: 'broker', reference: 'reference' } as const;

/** What this program knows of the cluster, kept current by watches. */
export interface ClusterView {
  readonly brokers: Reflector<Broker>;
  /** Indexed by the key of their Broker, and by the objects that they refer to. */
  readonly triggers: Reflector<Trigger>;
  readonly namespaces: Reflector<KubernetesObject>;
  readonly objects: ReferencedObjects;
  whenSynced(): Promise<void>;
  readonly missingKinds: string[];
}

export function watchCluster(client: KubeClient, logger: Logger, signal: AbortSignal): ClusterView {
  const reflect = <T extends KubernetesObject>(kind: ResourceKind) =>
    new Reflector<T>({ client, kind, logger });
  const brokers = reflect<Broker>(brokerKind);
  const triggers = reflect<Trigger>(triggerKind);
  const services = reflect<Service>(serviceKind);
  const namespaces = reflect<KubernetesObject>(namespaceKind);
  triggers.store.addIndex(indexes.reference, referencesOfTrigger);
  triggers.store.addIndex(indexes.broker, brokerKeyOf);
  const watched = new Map<string, Reflector<KubernetesObject>>([
    [titleOf(brokerKind), brokers],
    [titleOf(serviceKind), services],
  ]);
  const objects = new ReferencedObjects({ client, logger, watched }, signal);
  const kinds = { Broker: brokers, Trigger: triggers, Service: services, Namespace: namespaces };
  const reflectors = Object.values(kinds);
  for (const reflector of reflectors) reflector.start(signal);
  return {
    brokers,
    triggers,
    namespaces,
    objects,
    whenSynced: async () => {
      await Promise.all(reflectors.map((reflector) => reflector.whenSynced()));
    },
    get missingKinds() {
      const entries = Object.entries(kinds);
      return entries.filter(([, reflector]) => !reflector.hasSynced).map(([kind]) => kind);
    },
  };
}

function brokerKeyOf(trigger: Trigger): string[] {
  const named = brokerNamedBy(trigger);
  return named.kind === 'named' ? [`${trigger.metadata.namespace ?? ''}/${named.name}`] : [];
}

function titleOf(kind: ResourceKind): string {
  return `${apiVersionOf(kind)}/${kind.kind}`;
}
