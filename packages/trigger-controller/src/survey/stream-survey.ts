import { isJetmeshBroker, objectKey, type Trigger } from '@jetmesh/eventing-api';
import type { Logger } from '@jetmesh/kube-controller';
import type { StreamAdmin, StreamSummary } from '@jetmesh/jetstream';
import type { BacklogSettings } from '../backlog/backlog-settings.ts';
import { BacklogWatch, type WatchedTrigger } from '../backlog/backlog-watch.ts';
import { indexes, type ClusterView } from '../cluster/cluster-view.ts';
import { DeadLetterCensus, type SurveyedBroker } from '../dead-letters/dead-letter-census.ts';
import type { DeadLetterMetrics } from '../dead-letters/dead-letter-metrics.ts';

export interface StreamSurveyOptions {
  readonly cluster: Pick<ClusterView, 'brokers' | 'triggers'>;
  readonly admin: StreamAdmin;
  readonly logger: Logger;
  readonly metrics: DeadLetterMetrics;
  readonly nowMs: () => number;
  /** The status of this Trigger is to say something else. */
  readonly onChange: (triggerKey: string) => void;
}

/** All streams are listed at every so many looks; in between, only those that are filling are looked at. */
const listEvery = 2;

/** The leader's regular look at what lies in the streams: backlogs and dead letters. */
export class StreamSurvey {
  readonly #options: StreamSurveyOptions;
  readonly #census: DeadLetterCensus;
  readonly #backlog: BacklogWatch;
  readonly #settings = new Map<string, BacklogSettings>();
  #busy: readonly StreamSummary[] = [];
  #lookCount = 0;

  constructor(options: StreamSurveyOptions) {
    const { admin, logger, nowMs, onChange, metrics } = options;
    this.#options = options;
    this.#backlog = new BacklogWatch({ admin, logger, nowMs, onDecided: onChange });
    this.#census = new DeadLetterCensus({
      admin,
      logger,
      nowMs,
      onTold: onChange,
      onExpired: ({ metadata: { namespace = '', name } }, count) =>
        metrics.expired(namespace, name, count),
    });
  }

  setBacklogSettings(brokerUid: string, settings: BacklogSettings): void {
    this.#settings.set(brokerUid, settings);
  }

  notesFor(trigger: Trigger): Record<string, string> {
    return { ...this.#backlog.annotationsFor(trigger), ...this.#census.annotationsFor(trigger) };
  }

  async look(): Promise<void> {
    const isFull = this.#lookCount % listEvery === 0;
    this.#lookCount += 1;
    const brokers = this.#brokers();
    const streams = isFull ? await this.#options.admin.listStreams() : await this.#lookAgain();
    if (isFull) {
      await this.#census.look(streams, brokers);
      this.#options.metrics.counted(this.#census.rows());
    }
    this.#busy = await this.#backlog.look(streams, this.#watched(brokers));
  }

  async #lookAgain(): Promise<StreamSummary[]> {
    const streams: StreamSummary[] = [];
    for (const stream of this.#busy) {
      const state = await this.#options.admin.streamState(stream.name);
      if (state !== undefined) streams.push({ ...stream, ...state });
    }
    return streams;
  }

  #brokers(): SurveyedBroker[] {
    const { brokers, triggers } = this.#options.cluster;
    return brokers.store
      .list()
      .filter(isJetmeshBroker)
      .map((broker) => {
        const key = objectKey(broker.metadata);
        return { broker, triggers: triggers.store.listBy(indexes.broker, key) };
      });
  }

  /** A Broker that has not been reconciled yet has no bounds yet. */
  #watched(brokers: readonly SurveyedBroker[]): WatchedTrigger[] {
    return brokers.flatMap(({ broker, triggers }) => {
      const settings = this.#settings.get(broker.metadata.uid ?? '');
      return settings === undefined ? [] : triggers.map((trigger) => ({ trigger, settings }));
    });
  }
}
