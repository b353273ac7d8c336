import {
  apiVersionOf,
  brokerKind,
  configMapKind,
  eventTypeKind,
  namespaceKind,
  objectKey,
  serviceKind,
  triggerKind,
  type Broker,
  type ConfigMap,
  type EventType,
  type KubernetesObject,
  type ResourceKind,
  type Service,
  type Trigger,
} from '@jetmesh/eventing-api';
import { Reflector, type KubeClient, type Logger } from '@jetmesh/kube-controller';
import { referenceOf } from '../event-type/event-type-status.ts';
import { brokerNamedBy } from '../trigger/trigger-broker.ts';
import { referenceKey } from './object-reference.ts';
import { referencesOfTrigger } from './references-of.ts';
import { ReferencedObjects } from './referenced-objects.ts';

/** Names of the indexes of the stores below. */
export const indexes = { broker: 'broker', reference: 'reference' } as const;

/** What this program knows of the cluster, kept current by watches. */
export interface ClusterView {
  readonly brokers: Reflector<Broker>;
  /** Indexed by the key of their Broker, and by the objects that they refer to. */
  readonly triggers: Reflector<Trigger>;
  /** Indexed by the object that they refer to; undefined where another implementation looks after them. */
  readonly eventTypes: Reflector<EventType> | undefined;
  readonly namespaces: Reflector<KubernetesObject>;
  /** ConfigMaps of the one Namespace where `config-br-defaults` is looked up. */
  readonly brokerDefaults: Reflector<ConfigMap>;
  readonly objects: ReferencedObjects;
  whenSynced(): Promise<void>;
  readonly missingKinds: string[];
}

export interface ClusterWatchOptions {
  readonly client: KubeClient;
  readonly logger: Logger;
  readonly watchesEventTypes: boolean;
  readonly brokerDefaultsNamespace: string;
}

export function watchCluster(
  { client, logger, watchesEventTypes, brokerDefaultsNamespace }: ClusterWatchOptions,
  signal: AbortSignal,
): ClusterView {
  const reflect = <T extends KubernetesObject>(kind: ResourceKind) =>
    new Reflector<T>({ client, kind, logger });
  const brokers = reflect<Broker>(brokerKind);
  const triggers = reflect<Trigger>(triggerKind);
  const services = reflect<Service>(serviceKind);
  const namespaces = reflect<KubernetesObject>(namespaceKind);
  const brokerDefaults = new Reflector<ConfigMap>({
    client,
    kind: configMapKind,
    namespace: brokerDefaultsNamespace,
    logger,
  });
  const eventTypes = watchesEventTypes ? reflect<EventType>(eventTypeKind) : undefined;
  eventTypes?.store.addIndex(indexes.reference, referencesOfEventType);
  triggers.store.addIndex(indexes.reference, referencesOfTrigger);
  triggers.store.addIndex(indexes.broker, brokerKeyOf);
  const watched = new Map<string, Reflector<KubernetesObject>>([
    [titleOf(brokerKind), brokers],
    [titleOf(serviceKind), services],
  ]);
  const objects = new ReferencedObjects({ client, logger, watched }, signal);
  const kinds = {
    Broker: brokers,
    Trigger: triggers,
    Service: services,
    Namespace: namespaces,
    'Broker defaults': brokerDefaults,
    ...(eventTypes === undefined ? {} : { EventType: eventTypes }),
  };
  const reflectors = Object.values(kinds);
  for (const reflector of reflectors) reflector.start(signal);
  return {
    brokers,
    triggers,
    eventTypes,
    namespaces,
    brokerDefaults,
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

/** What the index `broker` files a Trigger under. */
export function brokerKeyOf(trigger: Trigger): string[] {
  return [objectKey(brokerNamedBy(trigger))];
}

function referencesOfEventType(eventType: EventType): string[] {
  const reference = referenceOf(eventType);
  return reference === undefined ? [] : [referenceKey(reference)];
}

function titleOf(kind: ResourceKind): string {
  return `${apiVersionOf(kind)}/${kind.kind}`;
}
