import {
  jetmeshAnnotations,
  objectKey,
  parkUpToOf,
  parkUpToText,
  triggerBoundsOf,
  type Trigger,
} from '@jetmesh/eventing-api';
import type { Logger } from '@jetmesh/kube-controller';
import type { ConsumerState, StreamAdmin, StreamSummary } from '@jetmesh/jetstream';
import { placeInStatus } from '../trigger/consumer-place.ts';
import { backlogExcess, type Backlog } from './backlog-excess.ts';
import type { BacklogSettings } from './backlog-settings.ts';
import { lastStoredBefore } from './last-stored-before.ts';

export interface BacklogWatchOptions {
  readonly admin: Pick<StreamAdmin, 'listConsumers' | 'readOldest'>;
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** The status of this Trigger is to say something else. */
  readonly onDecided: (triggerKey: string) => void;
}

/** A Trigger with the bounds that its Broker gives it. */
export interface WatchedTrigger {
  readonly trigger: Trigger;
  readonly settings: BacklogSettings;
}

interface Decision {
  readonly stream: string;
  readonly sequence: number;
}

/** What one Trigger may hold of one stream. */
interface Bound {
  readonly trigger: Trigger;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** An order reaches the dispatchers and is carried out within the time between two looks, or a little more. */
const stuckAfterLooks = 3;
/** Below this part of its bytes no bound of a stream that is no Trigger's own can be exceeded by much. */
const quietPart = 0.25;

/**
 * Sees to it that no Trigger fills its stream: one that holds more than its bound is told, by its status, up to which
 * sequence its events are to be parked. The dispatchers park; once everything up to there is settled the order is
 * withdrawn. A stream in which nobody can exceed anything costs a comparison.
 */
export class BacklogWatch {
  readonly #options: BacklogWatchOptions;
  readonly #decisions = new Map<string, Decision>();
  /** How far each Trigger was, and at how many looks in a row. */
  readonly #settled = new Map<string, { readonly upTo: number; readonly lookCount: number }>();
  #hasLooked = false;

  constructor(options: BacklogWatchOptions) {
    this.#options = options;
  }

  /** Looks at these streams; returns those that are worth another look soon. */
  async look(
    streams: readonly StreamSummary[],
    triggers: readonly WatchedTrigger[],
  ): Promise<StreamSummary[]> {
    this.#forgetAllBut(triggers);
    this.#hasLooked = true;
    const bounds = groupByStream(triggers, streams);
    const busy: StreamSummary[] = [];
    for (const stream of streams) {
      const ofStream = bounds.get(stream.name) ?? [];
      if (!this.#isBusy(stream, ofStream)) continue;
      busy.push(stream);
      await this.#decide(stream, ofStream);
    }
    return busy;
  }

  /** What the status of a Trigger says of it; before the first look, what a former leader said. */
  annotationsFor(trigger: Trigger): Record<string, string> {
    const { parkUpTo } = jetmeshAnnotations;
    const said = trigger.status?.annotations?.[parkUpTo];
    if (!this.#hasLooked) return said === undefined ? {} : { [parkUpTo]: said };
    const decision = this.#decisions.get(trigger.metadata.uid ?? '');
    if (decision === undefined) return {};
    const { stream, sequence } = decision;
    return { [parkUpTo]: parkUpToText(stream, sequence) };
  }

  #isBusy(stream: StreamSummary, bounds: readonly Bound[]): boolean {
    const ageMs = stream.messages === 0 ? 0 : this.#options.nowMs() - stream.firstTimestampMs;
    return (
      (stream.maxBytes > 0 && stream.bytes >= stream.maxBytes * quietPart) ||
      bounds.some(
        ({ trigger, maxBytes, maxAgeMs }) =>
          stream.bytes > maxBytes || ageMs > maxAgeMs || parkUpToOf(trigger, stream.name) > 0,
      )
    );
  }

  async #decide(stream: StreamSummary, bounds: readonly Bound[]): Promise<void> {
    const consumers = await this.#options.admin.listConsumers(stream.name);
    const byName = new Map(consumers.map((consumer) => [consumer.name, consumer]));
    const held = bounds.flatMap((bound) => {
      const consumer = byName.get(placeInStatus(bound.trigger)?.consumer ?? '');
      return consumer === undefined ? [] : [{ bound, consumer }];
    });
    const excess = backlogExcess(
      stream,
      held.map(({ bound, consumer }) => this.#backlog(stream.name, bound, consumer)),
    );
    for (const { bound, consumer } of held) {
      const byBytes = excess.get(bound.trigger.metadata.uid ?? '') ?? 0;
      const byAge = await this.#overAge(stream, bound, consumer);
      this.#order(stream.name, bound.trigger, consumer, Math.max(byBytes, byAge));
    }
  }

  async #overAge(
    stream: StreamSummary,
    { maxAgeMs }: Bound,
    { numPending, numAckPending, ackFloorStreamSequence }: ConsumerState,
  ): Promise<number> {
    const limitMs = this.#options.nowMs() - maxAgeMs;
    if (numPending + numAckPending === 0 || stream.firstTimestampMs >= limitMs) return 0;
    const sequence = await lastStoredBefore(this.#options.admin, stream, limitMs);
    return sequence > ackFloorStreamSequence ? sequence : 0;
  }

  /** Orders only grow until they are done: what is parked up to a sequence stays parked. */
  #order(stream: string, trigger: Trigger, consumer: ConsumerState, sequence: number): void {
    const uid = trigger.metadata.uid ?? '';
    const before = this.#orderedBefore(stream, trigger);
    const isDone = isSettled(consumer, before);
    const wanted = Math.max(sequence, isDone ? 0 : before);
    if (wanted === 0) this.#decisions.delete(uid);
    else this.#decisions.set(uid, { stream, sequence: wanted });
    if (wanted === before) return;
    const key = objectKey(trigger.metadata);
    if (wanted > before) {
      const details = { trigger: key, stream, sequence: wanted };
      this.#options.logger.warn('A Trigger holds more than its share: it is parked', details);
    }
    this.#options.onDecided(key);
  }

  #orderedBefore(stream: string, trigger: Trigger): number {
    const decided = this.#decisions.get(trigger.metadata.uid ?? '');
    return decided?.stream === stream ? decided.sequence : parkUpToOf(trigger, stream);
  }

  #isStuck(stream: string, trigger: Trigger, settledUpTo: number): boolean {
    const uid = trigger.metadata.uid ?? '';
    const before = this.#settled.get(uid);
    const lookCount = before?.upTo === settledUpTo ? before.lookCount + 1 : 1;
    this.#settled.set(uid, { upTo: settledUpTo, lookCount });
    return lookCount >= stuckAfterLooks && settledUpTo < this.#orderedBefore(stream, trigger);
  }

  #backlog(stream: string, { trigger, maxBytes }: Bound, consumer: ConsumerState): Backlog {
    return {
      triggerUid: trigger.metadata.uid ?? '',
      pendingCount: consumer.numPending,
      openCount: consumer.numAckPending,
      settledUpTo: consumer.ackFloorStreamSequence,
      deliveredUpTo: consumer.deliveredStreamSequence,
      isStuck: this.#isStuck(stream, trigger, consumer.ackFloorStreamSequence),
      maxBytes,
    };
  }

  #forgetAllBut(triggers: readonly WatchedTrigger[]): void {
    const uids = new Set(triggers.map(({ trigger }) => trigger.metadata.uid ?? ''));
    for (const known of [this.#decisions, this.#settled]) {
      for (const uid of known.keys()) if (!uids.has(uid)) known.delete(uid);
    }
  }
}

function isSettled(consumer: ConsumerState, sequence: number): boolean {
  const { numPending, numAckPending, ackFloorStreamSequence } = consumer;
  return ackFloorStreamSequence >= sequence || numPending + numAckPending === 0;
}

function groupByStream(
  triggers: readonly WatchedTrigger[],
  streams: readonly StreamSummary[],
): Map<string, Bound[]> {
  const byName = new Map(streams.map((stream) => [stream.name, stream]));
  const groups = new Map<string, Bound[]>();
  for (const watched of triggers) {
    const stream = byName.get(placeInStatus(watched.trigger)?.stream ?? '');
    if (stream === undefined) continue;
    const group = groups.get(stream.name) ?? [];
    group.push(boundOf(watched, stream));
    groups.set(stream.name, group);
  }
  return groups;
}

function boundOf({ trigger, settings }: WatchedTrigger, stream: StreamSummary): Bound {
  const { bounds } = triggerBoundsOf(trigger.metadata.annotations);
  const shareBytes = stream.maxBytes > 0 ? stream.maxBytes * settings.maxShare : Infinity;
  const maxAgeMs = bounds.maxBacklogAgeMs ?? settings.maxAgeMs;
  return {
    trigger,
    maxBytes: bounds.maxBacklogBytes ?? shareBytes,
    maxAgeMs: maxAgeMs === 0 ? Infinity : maxAgeMs,
  };
}
