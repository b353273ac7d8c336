import { jetmeshAnnotations, objectKey, type Broker, type Trigger } from '@jetmesh/eventing-api';
import type { Logger } from '@jetmesh/kube-controller';
import {
  deadLetterStreamName,
  deadLetterSubject,
  type StreamAdmin,
  type StreamSummary,
} from '@jetmesh/jetstream';
import { expiredCount } from './expired-count.ts';
import { isWorthTelling, type DeadLetterCount } from './is-worth-telling.ts';

/** A Broker of the cluster with its Triggers. */
export interface SurveyedBroker {
  readonly broker: Broker;
  readonly triggers: readonly Trigger[];
}

export interface DeadLetterCensusOptions {
  readonly admin: Pick<StreamAdmin, 'countBySubject' | 'readOldest'>;
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** The status of this Trigger is to say something else. */
  readonly onTold: (triggerKey: string) => void;
  readonly onExpired: (broker: Broker, count: number) => void;
}

/** The parked events of one Trigger, or of those that are gone from a Broker (without `trigger`). */
export interface CountedDeadLetters extends DeadLetterCount {
  readonly namespace: string;
  readonly broker: string;
  readonly trigger: string;
}

interface CountedStream {
  readonly summary: StreamSummary;
  readonly bySubject: ReadonlyMap<string, DeadLetterCount>;
  readonly rows: readonly CountedDeadLetters[];
}

const none: DeadLetterCount = { count: 0, oldestParkedAtMs: undefined };

/**
 * Knows how many events of each Trigger are parked and since when, and tells it to metrics and, seldom, to status.
 * Only the streams that changed since the look before are counted.
 */
export class DeadLetterCensus {
  readonly #options: DeadLetterCensusOptions;
  #streams: ReadonlyMap<string, CountedStream> = new Map();
  readonly #told = new Map<string, DeadLetterCount & { readonly atMs: number }>();

  constructor(options: DeadLetterCensusOptions) {
    this.#options = options;
  }

  async look(
    summaries: readonly StreamSummary[],
    brokers: readonly SurveyedBroker[],
  ): Promise<void> {
    const byName = new Map(summaries.map((summary) => [summary.name, summary]));
    const streams = new Map<string, CountedStream>();
    for (const surveyed of brokers) {
      const name = deadLetterStreamName(surveyed.broker.metadata.uid ?? '');
      const summary = byName.get(name);
      if (summary === undefined) continue;
      streams.set(name, await this.#count(summary, surveyed, this.#streams.get(name)));
    }
    this.#streams = streams;
    this.#forgetAllBut(brokers);
  }

  rows(): CountedDeadLetters[] {
    return [...this.#streams.values()].flatMap(({ rows }) => rows);
  }

  /** What the status of a Trigger says about its dead letters. */
  annotationsFor(trigger: Trigger): Record<string, string> {
    const { count, oldestParkedAtMs } = this.#toldOf(trigger);
    if (count === 0 || oldestParkedAtMs === undefined) return {};
    return {
      [jetmeshAnnotations.deadLetters]: String(count),
      [jetmeshAnnotations.oldestDeadLetter]: new Date(oldestParkedAtMs).toISOString(),
    };
  }

  async #count(
    summary: StreamSummary,
    { broker, triggers }: SurveyedBroker,
    before: CountedStream | undefined,
  ): Promise<CountedStream> {
    if (before !== undefined) this.#reportExpired(before.summary, summary, broker);
    const bySubject =
      before !== undefined && isSame(before.summary, summary)
        ? before.bySubject
        : await this.#countSubjects(summary, before?.bySubject);
    const rest = new Map(bySubject);
    const rows: CountedDeadLetters[] = [];
    for (const trigger of triggers) {
      const subject = deadLetterSubject(broker.metadata.uid ?? '', trigger.metadata.uid ?? '');
      const found = rest.get(subject) ?? none;
      rest.delete(subject);
      this.#tell(trigger, found);
      if (found.count > 0) rows.push(rowOf(broker, trigger.metadata.name, found));
    }
    if (rest.size > 0) rows.push(rowOf(broker, '', sumOf([...rest.values()])));
    return { summary, bySubject, rows };
  }

  #reportExpired(before: StreamSummary, now: StreamSummary, broker: Broker): void {
    const count = expiredCount(before, now, this.#options.nowMs());
    if (count === 0) return;
    const { logger, onExpired } = this.#options;
    const details = { broker: objectKey(broker.metadata), stream: now.name, count };
    logger.warn('Parked events were deleted: they were too old, or too many', details);
    onExpired(broker, count);
  }

  async #countSubjects(
    { name, messages }: StreamSummary,
    before: ReadonlyMap<string, DeadLetterCount> = new Map(),
  ): Promise<ReadonlyMap<string, DeadLetterCount>> {
    const found = new Map<string, DeadLetterCount>();
    if (messages === 0) return found;
    const { admin } = this.#options;
    for (const [subject, count] of await admin.countBySubject(name)) {
      const known = before.get(subject);
      const isKnown = known?.count === count;
      const oldest = isKnown ? undefined : await admin.readOldest(name, subject);
      const oldestParkedAtMs = isKnown ? known.oldestParkedAtMs : oldest?.timestampMs;
      if (oldestParkedAtMs !== undefined) found.set(subject, { count, oldestParkedAtMs });
    }
    return found;
  }

  #tell(trigger: Trigger, found: DeadLetterCount): void {
    const nowMs = this.#options.nowMs();
    const told = this.#toldOf(trigger);
    if (!isWorthTelling(told, found, nowMs - told.atMs)) return;
    this.#told.set(trigger.metadata.uid ?? '', { ...found, atMs: nowMs });
    this.#options.onTold(objectKey(trigger.metadata));
  }

  /** Before the first look, what a former leader told. */
  #toldOf({ metadata, status }: Trigger): DeadLetterCount & { readonly atMs: number } {
    const told = this.#told.get(metadata.uid ?? '');
    if (told !== undefined) return told;
    const count = Number(status?.annotations?.[jetmeshAnnotations.deadLetters] ?? 0);
    const oldest = Date.parse(status?.annotations?.[jetmeshAnnotations.oldestDeadLetter] ?? '');
    return Number.isNaN(oldest) || !(count > 0)
      ? { ...none, atMs: -Infinity }
      : { count, oldestParkedAtMs: oldest, atMs: -Infinity };
  }

  #forgetAllBut(brokers: readonly SurveyedBroker[]): void {
    const uids = new Set(
      brokers.flatMap(({ triggers }) => triggers.map(({ metadata }) => metadata.uid ?? '')),
    );
    for (const uid of this.#told.keys()) if (!uids.has(uid)) this.#told.delete(uid);
  }
}

function isSame(before: StreamSummary, now: StreamSummary): boolean {
  return (
    before.lastSequence === now.lastSequence &&
    before.firstSequence === now.firstSequence &&
    before.messages === now.messages
  );
}

function rowOf(broker: Broker, trigger: string, found: DeadLetterCount): CountedDeadLetters {
  const { namespace = '', name } = broker.metadata;
  return { namespace, broker: name, trigger, ...found };
}

function sumOf(counts: readonly DeadLetterCount[]): DeadLetterCount {
  const oldest = Math.min(...counts.map(({ oldestParkedAtMs }) => oldestParkedAtMs ?? Infinity));
  const count = counts.reduce((sum, each) => sum + each.count, 0);
  return { count, oldestParkedAtMs: Number.isFinite(oldest) ? oldest : undefined };
}
