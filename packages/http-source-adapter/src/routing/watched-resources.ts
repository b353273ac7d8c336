import {
  brokerKind,
  eventActivationKind,
  httpSourceKind,
  subscriptionKind,
  triggerKind,
  type Broker,
  type EventActivation,
  type HttpSource,
  type KubernetesObject,
  type ResourceKind,
  type Subscription,
  type Trigger,
} from '@jetmesh/eventing-api';
import { Reflector, type KubeClient, type Logger } from '@jetmesh/kube-controller';

/** Everything that the adapter learns from the Kubernetes API. */
export class WatchedResources {
  readonly httpSources: Reflector<HttpSource>;
  readonly eventActivations: Reflector<EventActivation>;
  readonly brokers: Reflector<Broker>;
  readonly triggers: Reflector<Trigger>;
  readonly subscriptions: Reflector<Subscription>;

  constructor(client: KubeClient, logger: Logger) {
    const watched = <T extends KubernetesObject>(kind: ResourceKind) =>
      new Reflector<T>({ client, kind, logger });
    this.httpSources = watched(httpSourceKind);
    this.eventActivations = watched(eventActivationKind);
    this.brokers = watched(brokerKind);
    this.triggers = watched(triggerKind);
    this.subscriptions = watched(subscriptionKind);
  }

  start(signal: AbortSignal): void {
    this.httpSources.start(signal);
    this.eventActivations.start(signal);
    this.brokers.start(signal);
    this.triggers.start(signal);
    this.subscriptions.start(signal);
  }

  /** Kinds that routes are made of and that are not known yet. */
  get missingRouteKinds(): string[] {
    const { httpSources, eventActivations, brokers } = this;
    const kinds = { HTTPSource: httpSources, EventActivation: eventActivations, Broker: brokers };
    return Object.entries(kinds)
      .filter(([, reflector]) => !reflector.hasSynced)
      .map(([kind]) => kind);
  }
}
