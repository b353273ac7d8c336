import {
  jetmeshAnnotations,
  objectKey,
  splitKey,
  type KubernetesObject,
  type Trigger,
} from '@jetmesh/eventing-api';
import {
  Controller,
  type KubeClient,
  type KubernetesEventRecorder,
  type Logger,
  type ObjectChange,
  type Reconciled,
  type ReconcileResult,
} from '@jetmesh/kube-controller';
import { createReplicaView, type JetStreamConnection, type StreamAdmin } from '@jetmesh/jetstream';
import { brokerDefaultsName } from './broker/broker-defaults.ts';
import { BrokerReconciler } from './broker/reconcile-broker.ts';
import { brokerKeyOf, indexes, type ClusterView } from './cluster/cluster-view.ts';
import type { TriggerControllerConfig } from './config.ts';
import { controllerNames, type ControllerName } from './controller-metrics.ts';
import { EventTypeReconciler } from './event-type/reconcile-event-type.ts';
import type { HealthWatch } from './health/health-watch.ts';
import { DefaultBrokerInjector } from './namespace/inject-default-broker.ts';
import { RemainsRemover, remainsKey } from './removal/remove-remains.ts';
import type { StreamSurvey } from './survey/stream-survey.ts';
import { placeInStatus } from './trigger/consumer-place.ts';
import { RecentReplicas } from './trigger/recent-replicas.ts';
import { TriggerReconciler } from './trigger/reconcile-trigger.ts';

export interface ControllersOptions {
  readonly config: TriggerControllerConfig;
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly connection: JetStreamConnection;
  readonly admin: StreamAdmin;
  readonly recorder: KubernetesEventRecorder;
  readonly logger: Logger;
  /** Deletions are this replica's business only while it leads; the janitor finds what others miss. */
  readonly isLeading: () => boolean;
  readonly onReconciled: (controller: ControllerName, reconciled: Reconciled) => void;
  readonly ingress: Pick<HealthWatch, 'health'>;
  readonly dispatcher: Pick<HealthWatch, 'health'>;
  readonly survey: Pick<StreamSurvey, 'notesFor' | 'setBacklogSettings'>;
}

const replicasMaxAgeMs = 100;

export type Controllers = Readonly<Record<ControllerName, Controller>>;

/** The controllers of this program, and which change wakes which key of which of them. */
export function createControllers(options: ControllersOptions): Controllers {
  const { config, client, cluster, connection, admin, recorder, survey } = options;
  const { shareThreshold } = config;
  const now = () => new Date();
  const brokers = new BrokerReconciler({
    client,
    cluster,
    admin,
    recorder,
    ingressUrl: config.ingressUrl,
    adoptsUnclassed: config.adoptsUnclassedBrokers,
    defaultsNamespace: config.brokerDefaultsNamespace,
    health: () => ({ ingress: options.ingress.health, dispatcher: options.dispatcher.health }),
    shareThreshold,
    onBacklogSettings: (uid, settings) => survey.setBacklogSettings(uid, settings),
    now,
  });
  const features = () => connection.features;
  const notesFor = (trigger: Trigger) => survey.notesFor(trigger);
  const { allowsCrossNamespaceLinks: allowsElsewhere } = config;
  const view = createReplicaView(connection);
  const replicas = new RecentReplicas(view, replicasMaxAgeMs, () => performance.now());
  const surroundings = { client, cluster, admin, features, replicas };
  const settings = { allowsElsewhere, shareThreshold, recorder, notesFor, now };
  const triggers = new TriggerReconciler({ ...surroundings, ...settings });
  const eventTypes = new EventTypeReconciler({ client, cluster, now });
  const namespaces = new DefaultBrokerInjector({ client, cluster, recorder });
  const remover = new RemainsRemover(client, admin);
  const reconcilers: Record<ControllerName, (key: string) => Promise<ReconcileResult>> = {
    broker: (key) => brokers.reconcile(key),
    trigger: (key) => triggers.reconcile(key),
    eventType: (key) => eventTypes.reconcile(key),
    namespace: (key) => namespaces.reconcile(key),
    removal: (key) => remover.reconcile(key),
  };
  const entries = controllerNames.map((name) => [
    name,
    controller(name, reconcilers[name], options),
  ]);
  const controllers = Object.fromEntries(entries) as Controllers;
  wireBrokers(controllers, options);
  wireTriggers(controllers, options, triggers);
  wireReferences(controllers, cluster, brokers);
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

/** A Broker wakes itself, its Triggers, and, since it may have been the default one, its Namespace. */
function wireBrokers(controllers: Controllers, { cluster, isLeading }: ControllersOptions): void {
  cluster.brokers.subscribe((change) => {
    const key = objectKey(change.object.metadata);
    const gone = goneIn(change);
    if (gone !== undefined && isLeading()) {
      const uid = gone.metadata.uid ?? '';
      controllers.removal.queue.add(remainsKey({ kind: 'broker', key, uid }));
    }
    if (change.kind === 'deleted') {
      controllers.namespace.queue.add(splitKey(key).namespace ?? '');
    }
    controllers.broker.queue.add(key);
    for (const trigger of cluster.triggers.store.listBy(indexes.broker, key)) {
      controllers.trigger.queue.add(objectKey(trigger.metadata));
    }
  });
}

function wireTriggers(
  controllers: Controllers,
  { cluster, config, isLeading }: ControllersOptions,
  reconciler: TriggerReconciler,
): void {
  cluster.triggers.subscribe((change) => {
    const key = objectKey(change.object.metadata);
    controllers.trigger.queue.add(key);
    wakeUnpreparedBroker(controllers, { cluster, config }, change.object);
    const gone = goneIn(change);
    if (gone === undefined) return;
    const uid = gone.metadata.uid ?? '';
    reconciler.forget(uid);
    const stream = placeInStatus(gone)?.stream;
    if (stream === undefined || !isLeading()) return;
    controllers.removal.queue.add(remainsKey({ kind: 'trigger', key, uid, stream }));
  });
}

/** A Broker whose Triggers begin to share a consumer has something to prepare for them, and to say so. */
function wakeUnpreparedBroker(
  controllers: Controllers,
  { cluster, config }: Pick<ControllersOptions, 'cluster' | 'config'>,
  trigger: Trigger,
): void {
  const { brokers, triggers } = cluster;
  for (const key of brokerKeyOf(trigger)) {
    const annotations = brokers.store.get(key)?.status?.annotations ?? {};
    if (annotations[jetmeshAnnotations.sharedStream] !== undefined) continue;
    const triggerCount = triggers.store.listBy(indexes.broker, key).length;
    if (triggerCount > config.shareThreshold) controllers.broker.queue.add(key);
  }
}

/** The object that a change says is gone: deleted, or deleted and made again while the watch was away. */
function goneIn<T extends KubernetesObject>(change: ObjectChange<T>): T | undefined {
  switch (change.kind) {
    case 'added':
      return undefined;
    case 'updated': {
      const { previous, object } = change;
      return previous.metadata.uid === object.metadata.uid ? undefined : previous;
    }
    case 'deleted':
      return change.object;
  }
}

function wireReferences(
  controllers: Controllers,
  cluster: ClusterView,
  brokers: BrokerReconciler,
): void {
  cluster.namespaces.subscribe(({ object }) =>
    controllers.namespace.queue.add(object.metadata.name),
  );
  cluster.eventTypes?.subscribe(({ object }) =>
    controllers.eventType.queue.add(objectKey(object.metadata)),
  );
  cluster.brokerDefaults.subscribe(({ object }) => {
    if (object.metadata.name === brokerDefaultsName) wakeBrokers(controllers, cluster);
  });
  cluster.objects.subscribe((reference) => {
    for (const { metadata } of cluster.eventTypes?.store.listBy(indexes.reference, reference) ??
      []) {
      controllers.eventType.queue.add(objectKey(metadata));
    }
    for (const key of brokers.concernedBy(reference)) controllers.broker.queue.add(key);
    for (const { metadata } of cluster.triggers.store.listBy(indexes.reference, reference)) {
      controllers.trigger.queue.add(objectKey(metadata));
    }
  });
}

/** The health of ingress or dispatcher became another, which every Broker reports. */
export function wakeBrokers({ broker }: Controllers, { brokers }: ClusterView): void {
  for (const { metadata } of brokers.store.list()) broker.queue.add(objectKey(metadata));
}

/** Wakes every key: what no change tells, such as a stream that somebody altered, is found by looking again. */
export function wakeAll(controllers: Controllers, cluster: ClusterView): void {
  const { triggers, namespaces, eventTypes } = cluster;
  for (const { metadata } of eventTypes?.store.list() ?? [])
    controllers.eventType.queue.addBehind(objectKey(metadata));
  wakeBrokers(controllers, cluster);
  for (const { metadata } of triggers.store.list())
    controllers.trigger.queue.addBehind(objectKey(metadata));
  for (const { metadata } of namespaces.store.list())
    controllers.namespace.queue.addBehind(metadata.name);
}
