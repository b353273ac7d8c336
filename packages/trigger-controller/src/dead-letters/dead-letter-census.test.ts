import { describe, expect, it } from '@jest/globals';
import type { Broker, Trigger } from '@jetmesh/eventing-api';
import { deadLetterStreamName, deadLetterSubject, type StreamSummary } from '@jetmesh/jetstream';
import { DeadLetterCensus } from './dead-letter-census.ts';

const broker: Broker = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: { name: 'default', namespace: 'team', uid: 'b' },
};

function aTrigger(name: string, annotations: Record<string, string> = {}): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name, namespace: 'team', uid: name },
    spec: { subscriber: {} },
    status: { annotations },
  };
}

const ignore = () => undefined;

/** A census over one stream, whose messages the test sets: Trigger and time of each, oldest first. */
function aCensus() {
  const warnings: object[] = [];
  const told: string[] = [];
  const expired: number[] = [];
  const clock = { nowMs: 1_000_000 };
  let readCount = 0;
  let stored: (readonly [trigger: string, atMs: number])[] = [];
  let summary = {} as StreamSummary;
  const ofSubject = (subject: string) =>
    stored.filter(([trigger]) => deadLetterSubject('b', trigger) === subject);
  const census = new DeadLetterCensus({
    admin: {
      countBySubject: () => {
        readCount += 1;
        const subjects = stored.map(([trigger]) => deadLetterSubject('b', trigger));
        return Promise.resolve(
          new Map(subjects.map((subject) => [subject, ofSubject(subject).length])),
        );
      },
      readOldest: (_stream, subject) => {
        const [oldest] = ofSubject(subject);
        const message = { subject, sequence: 1, headers: [], data: Buffer.alloc(0) };
        return Promise.resolve(oldest && { ...message, timestampMs: oldest[1] });
      },
    },
    logger: {
      debug: ignore,
      info: ignore,
      error: ignore,
      warn: (_sentence: string, details?: object) => warnings.push(details ?? {}),
    },
    nowMs: () => clock.nowMs,
    onTold: (key) => told.push(key),
    onExpired: (_broker, count) => expired.push(count),
  });
  const look = async (
    messages: typeof stored,
    lastSequence: number,
    triggers = [aTrigger('one'), aTrigger('two')],
  ) => {
    stored = messages;
    summary = {
      name: deadLetterStreamName('b'),
      description: '',
      messages: messages.length,
      bytes: messages.length,
      maxBytes: 1_000_000,
      maxAgeMs: 100_000,
      firstSequence: lastSequence - messages.length + 1,
      firstTimestampMs: messages[0]?.[1] ?? 0,
      lastSequence,
      consumerCount: 0,
      removedBetweenCount: 0,
      retention: 'kept',
    };
    await census.look([summary], [{ broker, triggers }]);
  };
  return { census, look, clock, told, expired, warnings, readCount: () => readCount };
}

describe('DeadLetterCensus', () => {
  it('counts by Trigger, and puts together those of Triggers that are gone', async () => {
    const { census, look } = aCensus();
    await look(
      [
        ['gone', 990_000],
        ['one', 991_000],
        ['one', 992_000],
      ],
      3,
    );
    const common = { namespace: 'team', broker: 'default' };
    expect(census.rows()).toEqual([
      { ...common, trigger: 'one', count: 2, oldestParkedAtMs: 991_000 },
      { ...common, trigger: '', count: 1, oldestParkedAtMs: 990_000 },
    ]);
    expect(census.annotationsFor(aTrigger('one'))).toEqual({
      'jetmesh.dev/dead-letters': '2',
      'jetmesh.dev/oldest-dead-letter': new Date(991_000).toISOString(),
    });
    expect(census.annotationsFor(aTrigger('two'))).toEqual({});
  });

  it('tells the first and the last at once, and what is between once a minute', async () => {
    const { look, clock, told } = aCensus();
    await look([], 0);
    expect(told).toEqual([]);
    await look([['one', 1]], 1);
    expect(told).toEqual(['team/one']);
    for (let count = 2; count <= 30; count += 1) {
      clock.nowMs += 5_000;
      const messages = Array.from({ length: count }, () => ['one', 999_999_999] as const);
      await look(messages, count);
    }
    expect(told).toHaveLength(3);
    await look([], 30);
    expect(told).toHaveLength(4);
  });

  it('reads nothing while nothing changes', async () => {
    const { look, readCount } = aCensus();
    await look([['one', 999_000]], 1);
    await look([['one', 999_000]], 1);
    expect(readCount()).toBe(1);
  });

  it('says what a former leader told, and corrects it at the first look', async () => {
    const { census, look, told } = aCensus();
    const annotations = {
      'jetmesh.dev/dead-letters': '7',
      'jetmesh.dev/oldest-dead-letter': '2026-01-01T00:00:00.000Z',
    };
    const trigger = aTrigger('one', annotations);
    expect(census.annotationsFor(trigger)).toEqual(annotations);
    await look([], 0, [trigger]);
    expect(told).toEqual(['team/one']);
    expect(census.annotationsFor(trigger)).toEqual({});
  });

  it('counts and logs, with the name of the Broker, what the server deleted', async () => {
    const { look, clock, expired, warnings } = aCensus();
    await look(
      [
        ['one', 899_000],
        ['one', 999_000],
      ],
      2,
    );
    clock.nowMs += 10_000;
    await look([['one', 999_000]], 2);
    expect(expired).toEqual([1]);
    expect(warnings).toMatchObject([{ broker: 'team/default', count: 1 }]);
  });
});
