import {
  brokerClassAnnotation,
  brokerKind,
  isJetmeshBroker,
  jetmeshBrokerClass,
  objectKey,
  type Broker,
} from '@jetmesh/eventing-api';
import {
  writeStatus,
  type KubeClient,
  type KubernetesEventRecorder,
  type ReconcileResult,
} from '@jetmesh/kube-controller';
import type { StreamAdmin } from '@jetmesh/jetstream';
import type { ClusterView } from '../cluster/cluster-view.ts';
import { resolveDestination, type Resolution } from '../destination/resolve-destination.ts';
import { recordReadiness } from '../record-readiness.ts';
import { configOf, streamSettingsOf, type StreamSettingsReading } from './broker-config.ts';
import { brokerStatus } from './broker-status.ts';
import { ensureBrokerStreams } from './ensure-broker-streams.ts';
import { clusterId } from './stream-owner.ts';

export interface BrokerReconcilerOptions {
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly admin: StreamAdmin;
  readonly recorder: KubernetesEventRecorder;
  readonly ingressUrl: string;
  readonly adoptsUnclassed: boolean;
  readonly now: () => Date;
}

const untrackedRetryMs = 30_000;
const conflictRetryMs = 100;

/** Gives a Broker its class, streams, address and status. Brokers of other classes are never touched. */
export class BrokerReconciler {
  readonly #options: BrokerReconcilerOptions;

  constructor(options: BrokerReconcilerOptions) {
    this.#options = options;
  }

  async reconcile(key: string): Promise<ReconcileResult> {
    const broker = this.#options.cluster.brokers.store.get(key);
    if (broker === undefined || broker.metadata.deletionTimestamp !== undefined) return done;
    if (isJetmeshBroker(broker)) return this.#serve(broker, key);
    if (this.#isAdoptable(broker)) await this.#adopt(key);
    return done;
  }

  #isAdoptable(broker: Broker): boolean {
    const brokerClass = broker.metadata.annotations?.[brokerClassAnnotation] ?? '';
    return this.#options.adoptsUnclassed && brokerClass === '';
  }

  /** The change comes back through the watch. */
  async #adopt(key: string): Promise<void> {
    const annotations = { [brokerClassAnnotation]: jetmeshBrokerClass };
    await this.#options.client.mergePatch(brokerKind, key, { metadata: { annotations } });
  }

  async #serve(broker: Broker, key: string): Promise<ReconcileResult> {
    const { client, admin, ingressUrl, recorder, now } = this.#options;
    const deadLetterSink = await this.#deadLetterSink(broker);
    const stream = await ensureBrokerStreams(
      broker,
      await this.#settings(broker),
      admin,
      clusterId(this.#options.cluster),
    );
    const facts = { url: `${ingressUrl}/${key}`, stream, deadLetterSink };
    const status = brokerStatus(broker, facts, now());
    const written = await writeStatus(client, brokerKind, broker, status);
    if (written === 'patched') recordReadiness(recorder, broker, status);
    if (stream.failure !== undefined) throw stream.failure;
    if (written === 'conflict') return { kind: 'requeue-after', delayMs: conflictRetryMs };
    const isUntracked = deadLetterSink?.kind === 'unresolved' && deadLetterSink.isUntracked;
    return isUntracked ? { kind: 'requeue-after', delayMs: untrackedRetryMs } : done;
  }

  async #deadLetterSink(broker: Broker): Promise<Resolution | undefined> {
    const sink = broker.spec?.delivery?.deadLetterSink;
    if (sink === undefined) return undefined;
    const { objects } = this.#options.cluster;
    return resolveDestination(sink, broker.metadata.namespace ?? '', objects);
  }

  async #settings(broker: Broker): Promise<StreamSettingsReading> {
    const config = configOf(broker);
    if (config === undefined) return streamSettingsOf(undefined);
    const lookup = await this.#options.cluster.objects.find(config);
    if (lookup.kind === 'found') return streamSettingsOf(lookup.object);
    const reason = lookup.kind === 'refused' ? lookup.message : 'not found';
    return { kind: 'invalid', message: `ConfigMap ${objectKey(config)}: ${reason}` };
  }
}

const done: ReconcileResult = { kind: 'done' };
