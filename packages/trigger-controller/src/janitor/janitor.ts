import {
  brokerKind,
  isJetmeshBroker,
  jetmeshAnnotations,
  objectKey,
  type Broker,
  type Trigger,
} from '@jetmesh/eventing-api';
import type { KubeClient, Logger } from '@jetmesh/kube-controller';
import {
  retryStreamName,
  streamName,
  type StreamAdmin,
  type StreamSummary,
} from '@jetmesh/jetstream';
import { clusterId, isOwnedBy } from '../broker/stream-owner.ts';
import type { ClusterView } from '../cluster/cluster-view.ts';
import { removeConsumer } from '../removal/remove-consumer.ts';
import { placeInStatus, type ConsumerPlace } from '../trigger/consumer-place.ts';
import { byConsumerFamily, orphanConsumers, orphanStreams } from './orphans.ts';
import { purgeableUpTo } from './purgeable-up-to.ts';
import { settledUpTo } from './settled-up-to.ts';
import { triggerLags, type TriggerLag } from './trigger-lags.ts';
import { TwiceSeen } from './twice-seen.ts';

export interface JanitorOptions {
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly admin: StreamAdmin;
  readonly logger: Logger;
  /** A stream or consumer that should be there is not: the key of its Broker or Trigger. */
  readonly onMissing: (missing: {
    readonly kind: 'broker' | 'trigger';
    readonly key: string;
  }) => void;
  readonly onPurged: (count: number) => void;
  readonly onRemoved: (kind: 'stream' | 'consumer') => void;
  /** At every sweep, of all Triggers whose stream holds events. */
  readonly onLags: (lags: readonly TriggerLag[]) => void;
}

/**
 * Keeps JetStream as the cluster says: removes this cluster's streams whose Broker is gone and consumers of Jetmesh's
 * naming whose Trigger is gone, has missing ones made again, and purges what every consumer has settled. What looks
 * orphaned goes only at the second look in a row, so that no object is overtaken that the watch has yet to tell of.
 */
export class Janitor {
  readonly #options: JanitorOptions;
  readonly #suspectStreams = new TwiceSeen();
  readonly #suspectConsumers = new TwiceSeen();

  constructor(options: JanitorOptions) {
    this.#options = options;
  }

  /** One look at all streams; only for the leader, and only once all caches have synced. */
  async sweep(): Promise<void> {
    const streams = await this.#options.admin.listStreams();
    await this.#removeOrphanStreams(streams);
    const brokers = this.#options.cluster.brokers.store.list().filter(isJetmeshBroker);
    this.#reportMissingStreams(streams, brokers);
    await this.#removeOrphanConsumers(await this.#tidyAll(streams, brokers));
  }

  async #removeOrphanStreams(streams: readonly StreamSummary[]): Promise<void> {
    const { cluster, admin, client, logger, onRemoved } = this.#options;
    const own = clusterId(cluster);
    const names = streams.filter((stream) => isOwnedBy(stream, own)).map(({ name }) => name);
    const suspects = orphanStreams(names, uidsOf(cluster.brokers.store.list()));
    const again = this.#suspectStreams.again(suspects);
    if (again.length === 0) return;
    const { items } = await client.list<Broker>(brokerKind);
    for (const name of orphanStreams(again, uidsOf(items))) {
      logger.info('Removing a stream whose Broker is gone', { stream: name });
      await admin.deleteStream(name);
      onRemoved('stream');
    }
  }

  #reportMissingStreams(streams: readonly StreamSummary[], brokers: readonly Broker[]): void {
    const names = new Set(streams.map(({ name }) => name));
    for (const broker of brokers) {
      const stream = broker.status?.annotations?.[jetmeshAnnotations.stream];
      if (stream !== undefined && !names.has(stream)) {
        this.#options.onMissing({ kind: 'broker', key: objectKey(broker.metadata) });
      }
    }
  }

  /** Tidies the streams of these Brokers; returns consumers that look orphaned. */
  async #tidyAll(
    streams: readonly StreamSummary[],
    brokers: readonly Broker[],
  ): Promise<ConsumerPlace[]> {
    const triggers = this.#options.cluster.triggers.store.list();
    const served = new Set(brokers.flatMap(({ metadata }) => streamsOf(metadata.uid ?? '')));
    const shared = sharedStreamsOf(brokers);
    const byStream = groupByStream(triggers);
    const families = byConsumerFamily(triggers);
    const orphans: ConsumerPlace[] = [];
    const lags: TriggerLag[] = [];
    for (const stream of streams.filter(({ name }) => served.has(name))) {
      const ofStream = byStream.get(stream.name) ?? [];
      const consumerCount = ofStream.length + (shared.has(stream.name) ? 1 : 0);
      const tidied = await this.#tidy(stream, ofStream, { families, consumerCount });
      orphans.push(...tidied.orphans);
      lags.push(...tidied.lags);
    }
    this.#options.onLags(lags);
    return orphans;
  }

  /** Its consumers are listed only when it holds events, or their number is not what it should be. */
  async #tidy(
    stream: StreamSummary,
    triggers: readonly Trigger[],
    known: { readonly families: ReadonlyMap<string, Trigger>; readonly consumerCount: number },
  ): Promise<{ orphans: ConsumerPlace[]; lags: TriggerLag[] }> {
    const { admin } = this.#options;
    const { families, consumerCount } = known;
    if (stream.messages === 0 && stream.consumerCount === consumerCount) {
      return { orphans: [], lags: [] };
    }
    const consumers = await admin.listConsumers(stream.name);
    const names = consumers.map(({ name }) => name);
    const isComplete = this.#reportMissingConsumers(triggers, new Set(names));
    if (isComplete) {
      const settled = settledUpTo(stream.lastSequence, consumers);
      await this.#purge(stream, purgeableUpTo(stream, settled));
    }
    const orphans = orphanConsumers(stream.name, names, families);
    return {
      orphans: orphans.map((consumer) => ({ stream: stream.name, consumer })),
      lags: await triggerLags(stream, consumers, families, admin),
    };
  }

  async #purge({ name, firstSequence }: StreamSummary, sequence: number): Promise<void> {
    if (sequence < firstSequence) return;
    this.#options.onPurged(await this.#options.admin.purgeUpTo(name, sequence));
  }

  #reportMissingConsumers(triggers: readonly Trigger[], names: ReadonlySet<string>): boolean {
    const missing = triggers.filter(
      (trigger) => !names.has(placeInStatus(trigger)?.consumer ?? ''),
    );
    for (const { metadata } of missing) {
      this.#options.onMissing({ kind: 'trigger', key: objectKey(metadata) });
    }
    return missing.length === 0;
  }

  async #removeOrphanConsumers(orphans: readonly ConsumerPlace[]): Promise<void> {
    const { admin, logger, onRemoved } = this.#options;
    const byName = new Map(orphans.map((place) => [`${place.stream} ${place.consumer}`, place]));
    for (const name of this.#suspectConsumers.again([...byName.keys()])) {
      const place = byName.get(name);
      if (place === undefined) continue;
      logger.info('Removing a consumer that no Trigger uses', { ...place });
      await removeConsumer(admin, place);
      onRemoved('consumer');
    }
  }
}

/** Each has one consumer that is no Trigger's own. */
function sharedStreamsOf(brokers: readonly Broker[]): Set<string | undefined> {
  return new Set(
    brokers.map(({ status }) => status?.annotations?.[jetmeshAnnotations.sharedStream]),
  );
}

function streamsOf(brokerUid: string): string[] {
  return [streamName(brokerUid), retryStreamName(brokerUid)];
}

function groupByStream(triggers: readonly Trigger[]): Map<string, Trigger[]> {
  const groups = new Map<string, Trigger[]>();
  for (const trigger of triggers) {
    const stream = placeInStatus(trigger)?.stream;
    if (stream === undefined) continue;
    groups.set(stream, [...(groups.get(stream) ?? []), trigger]);
  }
  return groups;
}

function uidsOf(brokers: readonly Broker[]): string[] {
  return brokers.map(({ metadata }) => metadata.uid ?? '');
}
