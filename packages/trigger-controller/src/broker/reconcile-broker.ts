import {
  brokerClassAnnotation,
  brokerKind,
  conditionOf,
  isJetmeshBroker,
  jetmeshBrokerClass,
  objectKey,
  type Broker,
  type ConditionFinding,
} from '@jetmesh/eventing-api';
import {
  isConflict,
  isNotFound,
  writeStatus,
  type KubeClient,
  type KubernetesEventRecorder,
  type ReconcileResult,
} from '@jetmesh/kube-controller';
import type { StreamAdmin } from '@jetmesh/jetstream';
import type { BacklogSettings } from '../backlog/backlog-settings.ts';
import { indexes, type ClusterView } from '../cluster/cluster-view.ts';
import { destinationKeys } from '../cluster/references-of.ts';
import { referenceKey } from '../cluster/object-reference.ts';
import { resolveDestination, type Resolution } from '../destination/resolve-destination.ts';
import { findingOf } from '../finding-of.ts';
import { healthFinding, type Health } from '../health/health.ts';
import { recordReadiness } from '../record-readiness.ts';
import { BrokerDefaultsSource } from './broker-defaults-source.ts';
import { brokerSettings, type BrokerSettings } from './broker-settings.ts';
import { brokerStatus, type BrokerFacts } from './broker-status.ts';
import { ensureBrokerStreams, type StreamOutcome } from './ensure-broker-streams.ts';
import { BrokerFinalizer, brokerFinalizer } from './finalize-broker.ts';
import {
  defaultReading,
  streamSettingsOf,
  type StreamSettingsReading,
} from './stream-settings-of.ts';
import { clusterId } from './stream-owner.ts';

export interface BrokerReconcilerOptions {
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly admin: StreamAdmin;
  readonly recorder: KubernetesEventRecorder;
  readonly ingressUrl: string;
  readonly adoptsUnclassed: boolean;
  /** Where `config-br-defaults` is. */
  readonly defaultsNamespace: string;
  readonly health: () => { readonly ingress: Health; readonly dispatcher: Health };
  /** What each Trigger of this Broker may hold of its stream. */
  readonly onBacklogSettings: (brokerUid: string, settings: BacklogSettings) => void;
  /** Filtered consumers of a Broker, above which its new Triggers share one. */
  readonly shareThreshold: number;
  readonly now: () => Date;
}

const untrackedRetryMs = 30_000;
const conflictRetryMs = 100;

/** Gives a Broker its class, streams, address and status. Brokers of other classes are never touched. */
export class BrokerReconciler {
  readonly #options: BrokerReconcilerOptions;
  readonly #defaults: BrokerDefaultsSource;
  readonly #finalizer: BrokerFinalizer;
  /** Per Broker, the objects that it was resolved from: some are named by defaults, so no index can tell. */
  readonly #references = new Map<string, ReadonlySet<string>>();

  constructor(options: BrokerReconcilerOptions) {
    this.#options = options;
    const { store } = options.cluster.brokerDefaults;
    this.#defaults = new BrokerDefaultsSource(store, options.defaultsNamespace);
    this.#finalizer = new BrokerFinalizer(options);
  }

  /** Keys of the Brokers that a change of this object concerns. */
  concernedBy(reference: string): string[] {
    const entries = [...this.#references].filter(([, references]) => references.has(reference));
    return entries.map(([key]) => key);
  }

  async reconcile(key: string): Promise<ReconcileResult> {
    const broker = this.#options.cluster.brokers.store.get(key);
    if (broker === undefined || !isJetmeshBroker(broker)) this.#references.delete(key);
    if (broker === undefined) return done;
    if (broker.metadata.deletionTimestamp !== undefined) {
      return isJetmeshBroker(broker) ? this.#finalizer.finalize(broker, key) : done;
    }
    if (isJetmeshBroker(broker)) return this.#serve(broker, key);
    if (this.#isAdoptable(broker)) await this.#adopt(broker, key);
    return done;
  }

  #isAdoptable(broker: Broker): boolean {
    const brokerClass = broker.metadata.annotations?.[brokerClassAnnotation] ?? '';
    return this.#options.adoptsUnclassed && brokerClass === '';
  }

  /** The change comes back through the watch. The defaults may say that another implementation is meant. */
  async #adopt({ metadata }: Broker, key: string): Promise<void> {
    const reading = this.#defaults.read();
    const stated =
      reading.kind === 'defaults' ? reading.defaults.classIn(metadata.namespace ?? '') : undefined;
    const annotations = { [brokerClassAnnotation]: stated ?? jetmeshBrokerClass };
    await this.#options.client.mergePatch(brokerKind, key, { metadata: { annotations } });
  }

  async #serve(observed: Broker, key: string): Promise<ReconcileResult> {
    const { client, recorder, now } = this.#options;
    const broker = await this.#withFinalizer(observed, key);
    if (broker === 'conflict') return { kind: 'requeue-after', delayMs: conflictRetryMs };
    const settings = brokerSettings(broker, this.#defaults.read());
    this.#references.set(key, referencesOf(broker, settings));
    const { facts, stream } = await this.#facts(broker, key, settings);
    const status = brokerStatus(broker, facts, now());
    const written = await writeStatus(client, brokerKind, broker, status);
    if (written === 'patched') recordReadiness(recorder, broker, status);
    if (stream.failure !== undefined) throw stream.failure;
    if (written === 'conflict') return { kind: 'requeue-after', delayMs: conflictRetryMs };
    const { deadLetterSink } = facts;
    const isUntracked = deadLetterSink?.kind === 'unresolved' && deadLetterSink.isUntracked;
    return isUntracked ? { kind: 'requeue-after', delayMs: untrackedRetryMs } : done;
  }

  /** Before there is a stream: a deletion never finds a stream without its guard. */
  async #withFinalizer(broker: Broker, key: string): Promise<Broker | 'conflict'> {
    const { finalizers = [], resourceVersion } = broker.metadata;
    if (finalizers.includes(brokerFinalizer)) return broker;
    const metadata = { finalizers: [...finalizers, brokerFinalizer], resourceVersion };
    try {
      return await this.#options.client.mergePatch<Broker>(brokerKind, key, { metadata });
    } catch (error) {
      if (isConflict(error) || isNotFound(error)) return 'conflict';
      throw error;
    }
  }

  async #facts(
    broker: Broker,
    key: string,
    settings: BrokerSettings,
  ): Promise<{ facts: BrokerFacts; stream: StreamOutcome }> {
    const { admin, cluster, ingressUrl, health, onBacklogSettings, shareThreshold } = this.#options;
    const deadLetterSink = await this.#deadLetterSink(broker, settings);
    const reading = await this.#streamSettings(settings);
    if (reading.kind === 'settings') onBacklogSettings(broker.metadata.uid ?? '', reading.backlog);
    const stream = await ensureBrokerStreams(broker, reading, {
      admin,
      cluster: clusterId(cluster),
      hasSharing: cluster.triggers.store.listBy(indexes.broker, key).length > shareThreshold,
    });
    const { ingress, dispatcher } = health();
    const facts: BrokerFacts = {
      url: `${ingressUrl}/${key}`,
      stream,
      deadLetterSink,
      defaultDelivery: settings.hasDefaultDelivery ? settings.delivery : undefined,
      ingress: healthFinding('Ingress', ingress, saidBefore(broker, 'IngressReady')),
      dispatcher: healthFinding('Dispatcher', dispatcher, saidBefore(broker, 'FilterReady')),
    };
    return { facts, stream };
  }

  async #deadLetterSink(
    broker: Broker,
    { delivery }: BrokerSettings,
  ): Promise<Resolution | undefined> {
    const sink = delivery?.deadLetterSink;
    if (sink === undefined) return undefined;
    const { objects } = this.#options.cluster;
    return resolveDestination(sink, broker.metadata.namespace ?? '', objects);
  }

  async #streamSettings({ config }: BrokerSettings): Promise<StreamSettingsReading> {
    switch (config.kind) {
      case 'none':
        return defaultReading;
      case 'foreign': {
        const message = `spec.config is a ${config.title}, Jetmesh reads a ConfigMap of v1: its defaults hold.`;
        const remark = { status: 'True', reason: 'ForeignConfig', message } as const;
        return { ...defaultReading, remark };
      }
      case 'refused':
        return { kind: 'invalid', message: config.message };
      case 'config-map': {
        const lookup = await this.#options.cluster.objects.find(config.reference);
        if (lookup.kind === 'found') return streamSettingsOf(lookup.object);
        const reason = lookup.kind === 'refused' ? lookup.message : 'not found';
        return { kind: 'invalid', message: `ConfigMap ${objectKey(config.reference)}: ${reason}` };
      }
    }
  }
}

const done: ReconcileResult = { kind: 'done' };

function referencesOf(broker: Broker, { config, delivery }: BrokerSettings): Set<string> {
  return new Set([
    ...destinationKeys(broker, delivery?.deadLetterSink),
    ...(config.kind === 'config-map' ? [referenceKey(config.reference)] : []),
  ]);
}

/** What a condition says of the Broker as it is now; undefined for one that is being adopted or brought back. */
function saidBefore(broker: Broker, type: string): ConditionFinding | undefined {
  const condition = conditionOf(broker, type);
  return condition === undefined ? undefined : findingOf(condition);
}
