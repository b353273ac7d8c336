import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import type { ConsumerState, StreamSummary } from '@jetmesh/jetstream';
import { defaultBacklogSettings } from './backlog-settings.ts';
import { BacklogWatch } from './backlog-watch.ts';

const ignore = () => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore, child: () => silent };

const stream: StreamSummary = {
  name: 'S',
  description: '',
  messages: 1_000,
  bytes: 1_000_000,
  maxBytes: 1_500_000,
  maxAgeMs: 0,
  firstSequence: 1,
  firstTimestampMs: 0,
  lastSequence: 1_000,
  consumerCount: 1,
  removedBetweenCount: 0,
  retention: 'consumed',
};

function aTrigger(
  options: { annotations?: Record<string, string>; parkUpTo?: string } = {},
): Trigger {
  const { annotations = {}, parkUpTo } = options;
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'dead', namespace: 'team', uid: 'dead', annotations },
    spec: { subscriber: {} },
    status: {
      annotations: {
        'jetmesh.dev/stream': 'S',
        'jetmesh.dev/consumer': 'C',
        ...(parkUpTo !== undefined && { 'jetmesh.dev/park-up-to': parkUpTo }),
      },
    },
  };
}

/** A watch over one consumer: how many events it holds, and up to where all is settled. */
function aWatch() {
  const decided: string[] = [];
  let listCount = 0;
  let held = { heldCount: 1_000, settledUpTo: 0 };
  const watch = new BacklogWatch({
    admin: {
      listConsumers: () => {
        listCount += 1;
        const state = {
          name: 'C',
          numPending: held.heldCount / 2,
          numAckPending: held.heldCount / 2,
          ackFloorStreamSequence: held.settledUpTo,
          deliveredStreamSequence: (held.settledUpTo + stream.lastSequence) / 2,
        };
        return Promise.resolve([state as ConsumerState]);
      },
      readOldest: (_stream, subject, sequence = 1) =>
        Promise.resolve({
          ...{ subject, sequence, headers: [], data: Buffer.alloc(0) },
          timestampMs: sequence * 1_000,
        }),
    },
    logger: silent,
    nowMs: () => 1_000_000,
    onDecided: (key) => decided.push(key),
  });
  const look = (trigger: Trigger, changes: Partial<StreamSummary> = {}) =>
    watch.look([{ ...stream, ...changes }], [{ trigger, settings: defaultBacklogSettings }]);
  const told = (trigger: Trigger) => watch.annotationsFor(trigger)['jetmesh.dev/park-up-to'];
  return {
    look,
    told,
    decided,
    hold: (heldCount: number, settledUpTo: number) => (held = { heldCount, settledUpTo }),
    listCount: () => listCount,
  };
}

describe('BacklogWatch', () => {
  it('tells a Trigger that holds more than its share what to park, once', async () => {
    const { look, told, decided } = aWatch();
    const trigger = aTrigger();
    expect(await look(trigger)).toHaveLength(1);
    expect(told(trigger)).toBe('S/400');
    await look(trigger, { bytes: 1_000_000 });
    expect(decided).toEqual(['team/dead']);
  });

  it('counts on what is pending when what it ordered hangs', async () => {
    const { look, told, hold } = aWatch();
    const trigger = aTrigger();
    await look(trigger);
    hold(1_000, 100);
    await look(trigger);
    expect(told(trigger)).toBe('S/460');
    await look(trigger);
    expect(told(trigger)).toBe('S/460');
    await look(trigger);
    expect(told(trigger)).toBe('S/910');
  });

  it('withdraws that once everything up to there is settled', async () => {
    const { look, told, decided, hold } = aWatch();
    const trigger = aTrigger();
    await look(trigger);
    hold(700, 300);
    await look(trigger, { messages: 700, bytes: 700_000, firstSequence: 301 });
    expect(told(trigger)).toBe('S/400');
    hold(600, 400);
    await look(trigger, { messages: 600, bytes: 600_000, firstSequence: 401 });
    expect(told(trigger)).toBeUndefined();
    expect(decided).toEqual(['team/dead', 'team/dead']);
  });

  it('goes on with what a former leader ordered, and forgets what it ordered of another stream', async () => {
    const { look, told, hold } = aWatch();
    const ordered = aTrigger({ parkUpTo: 'S/300' });
    expect(told(ordered)).toBe('S/300');
    hold(800, 200);
    await look(ordered, { messages: 800, bytes: 100_000, firstSequence: 201 });
    expect(told(ordered)).toBe('S/300');
    const elsewhere = aTrigger({ parkUpTo: 'OTHER/300' });
    const fresh = aWatch();
    await fresh.look(elsewhere, { bytes: 1_000 });
    expect(fresh.told(elsewhere)).toBeUndefined();
  });

  it('does not even list the consumers of a stream in which nobody can hold too much', async () => {
    const { look, listCount } = aWatch();
    expect(await look(aTrigger(), { bytes: 300_000 })).toEqual([]);
    expect(listCount()).toBe(0);
  });

  it('lets a Trigger set its own bound, of bytes and of age', async () => {
    const bytes = aWatch();
    const small = aTrigger({ annotations: { 'jetmesh.dev/max-backlog-bytes': '10000' } });
    await bytes.look(small, { bytes: 100_000 });
    expect(bytes.told(small)).toBe('S/920');
    const age = aWatch();
    const young = aTrigger({ annotations: { 'jetmesh.dev/max-backlog-age': 'PT100S' } });
    await age.look(young, { bytes: 100_000 });
    expect(age.told(young)).toBe('S/899');
  });
});
