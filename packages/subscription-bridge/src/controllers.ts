import {
  applicationTypeName,
  subscriptionUidOf,
  objectKey,
  type KubernetesObject,
  type Trigger,
} from '@jetmesh/eventing-api';
import {
  Controller,
  type KubeClient,
  type KubernetesEventRecorder,
  type Logger,
  type Reconciled,
  type ReconcileResult,
} from '@jetmesh/kube-controller';
import { indexes, type ClusterView } from './cluster-view.ts';
import type { SubscriptionBridgeConfig } from './config.ts';
import { controllerNames, type ControllerName } from './controller-metrics.ts';
import type { AdapterLeases } from './http-source/adapter-leases.ts';
import { HttpSourceReconciler } from './http-source/reconcile-http-source.ts';
import { BridgedTriggerReconciler } from './subscription/reconcile-bridged-trigger.ts';
import { SubscriptionReconciler } from './subscription/reconcile-subscription.ts';

export interface ControllersOptions {
  readonly config: SubscriptionBridgeConfig;
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly leases: AdapterLeases;
  readonly recorder: KubernetesEventRecorder;
  readonly logger: Logger;
  readonly onReconciled: (controller: ControllerName, reconciled: Reconciled) => void;
}

export type Controllers = Readonly<Record<ControllerName, Controller>>;

/** The three controllers of this program, and which change wakes which key of which of them. */
export function createControllers(options: ControllersOptions): Controllers {
  const { config, client, cluster, leases, recorder } = options;
  const { bus, drainTimeoutMs } = config;
  const now = () => new Date();
  const bridge = { client, cluster, recorder, bus, drainTimeoutMs, now };
  const subscriptions = new SubscriptionReconciler(bridge);
  const bridgedTriggers = new BridgedTriggerReconciler(bridge);
  const busBroker = `${bus.namespace}/${bus.broker}`;
  const httpSources = new HttpSourceReconciler({ client, cluster, leases, busBroker, now });
  const reconcilers: Record<ControllerName, (key: string) => Promise<ReconcileResult>> = {
    subscription: (key) => subscriptions.reconcile(key),
    'bridged-trigger': (key) => bridgedTriggers.reconcile(key),
    'http-source': (key) => httpSources.reconcile(key),
  };
  const entries = controllerNames.map((name) => [
    name,
    controller(name, reconcilers[name], options),
  ]);
  const controllers = Object.fromEntries(entries) as Controllers;
  wireSubscriptions(controllers, cluster);
  wireTriggers(controllers, cluster, bus.namespace);
  wireSurroundings(controllers, cluster);
  wireHttpSources(controllers, cluster);
  return controllers;
}

function controller(
  name: ControllerName,
  reconcile: (key: string) => Promise<ReconcileResult>,
  { config, logger, onReconciled }: ControllersOptions,
): Controller {
  return new Controller({
    name,
    workerCount: config.workerCount,
    reconcile,
    logger,
    onReconciled: (reconciled) => onReconciled(name, reconciled),
  });
}

/** A Subscription wakes itself; one that is gone wakes the Triggers that it left. */
function wireSubscriptions(
  controllers: Controllers,
  { subscriptions, triggers }: ClusterView,
): void {
  subscriptions.subscribe((change) => {
    const { object, kind } = change;
    controllers.subscription.queue.add(objectKey(object.metadata));
    if (kind !== 'deleted') return;
    const left = triggers.store.listBy(indexes.subscription, object.metadata.uid ?? '');
    addAll(controllers['bridged-trigger'], left);
  });
}

/** A Trigger of the bridge wakes its Subscription; any other may do what a Subscription wants already. */
function wireTriggers(
  controllers: Controllers,
  { subscriptions, triggers }: ClusterView,
  busNamespace: string,
): void {
  const interested = ({ metadata }: Trigger) =>
    metadata.namespace === busNamespace
      ? subscriptions.store.list()
      : subscriptions.store.listBy(indexes.namespace, metadata.namespace ?? '');
  triggers.subscribe(({ object, kind }) => {
    const uid = subscriptionUidOf(object);
    if (uid === undefined) {
      addAll(controllers.subscription, interested(object));
      return;
    }
    const owners = subscriptions.store.listBy(indexes.uid, uid);
    addAll(controllers.subscription, owners);
    if (owners.length === 0 && kind !== 'deleted') addAll(controllers['bridged-trigger'], [object]);
  });
}

/**
 * A default Broker, a Service or an EventActivation wakes the Subscriptions of its Namespace; the type name of an
 * Application can be in any.
 */
function wireSurroundings(controllers: Controllers, cluster: ClusterView): void {
  const { subscriptions, brokers, services, activations, httpSources } = cluster;
  const wakeNamespace = ({ metadata }: KubernetesObject) => {
    const inNamespace = subscriptions.store.listBy(indexes.namespace, metadata.namespace ?? '');
    addAll(controllers.subscription, inNamespace);
  };
  brokers.subscribe(({ object }) => {
    if (object.metadata.name === 'default') wakeNamespace(object);
  });
  services.subscribe(({ object, kind }) => {
    if (kind !== 'updated') wakeNamespace(object);
  });
  activations.subscribe(({ object }) => wakeNamespace(object));
  const typeNames = new Map<string, string>();
  httpSources.subscribe(({ object, kind }) => {
    const key = objectKey(object.metadata);
    const before = typeNames.get(key);
    if (kind === 'deleted') typeNames.delete(key);
    else typeNames.set(key, applicationTypeName(object));
    if (typeNames.get(key) !== before) addAll(controllers.subscription, subscriptions.store.list());
  });
}

const burstMs = 300;
const burstMsPerSource = 20;

/** HTTPSources are few: what may concern some of them wakes all that it can concern. */
function wireHttpSources(controllers: Controllers, cluster: ClusterView): void {
  const { httpSources, brokers, activations } = cluster;
  const { store } = httpSources;
  httpSources.subscribe(({ object }) => {
    addAll(controllers['http-source'], [object]);
    addAll(controllers['http-source'], store.listBy(indexes.source, object.spec.source));
  });
  activations.subscribe(({ object }) =>
    addAll(controllers['http-source'], store.listBy(indexes.source, object.spec.sourceId)),
  );
  brokers.subscribe(() => addAll(controllers['http-source'], store.list()));
  // A burst of Triggers and Subscriptions is looked at once, and rarely where there are many Applications to look for.
  const wakeSoon = () => {
    const { queue } = controllers['http-source'];
    const sources = store.list();
    const delayMs = burstMs + sources.length * burstMsPerSource;
    for (const { metadata } of sources) queue.addAfter(objectKey(metadata), delayMs);
  };
  cluster.subscriptions.subscribe(wakeSoon);
  cluster.triggers.subscribe(wakeSoon);
}

function addAll({ queue }: Controller, objects: readonly KubernetesObject[]): void {
  for (const { metadata } of objects) queue.add(objectKey(metadata));
}

/** Wakes every key: what a lost change would have told is found by looking again. */
export function wakeAll(controllers: Controllers, cluster: ClusterView): void {
  const { subscriptions, triggers, httpSources } = cluster;
  addAll(controllers.subscription, subscriptions.store.list());
  addAll(controllers['http-source'], httpSources.store.list());
  const bridged = triggers.store
    .list()
    .filter((trigger) => subscriptionUidOf(trigger) !== undefined);
  addAll(controllers['bridged-trigger'], bridged);
}
