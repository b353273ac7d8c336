import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import { triggerPlan } from './trigger-plan.ts';

const now = new Date('2026-01-02T03:04:05.000Z');
const requested = 'jetmesh.dev/drain-requested';
const drained = 'jetmesh.dev/drained';
const wanted: Trigger = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: {
    name: 'orders',
    namespace: 'team',
    labels: { 'jetmesh.dev/subscription-uid': 'uid-1' },
    annotations: { 'jetmesh.dev/max-in-flight': '10' },
    ownerReferences: [{ apiVersion: 'v1', kind: 'Subscription', name: 'orders', uid: 'uid-1' }],
  },
  spec: {
    broker: 'default',
    filter: { attributes: { type: 'a' } },
    subscriber: { uri: 'http://a' },
    delivery: { retry: 100, timeout: 'PT60S' },
  },
};

describe('triggerPlan', () => {
  it('creates what is missing', () => {
    expect(plan([wanted], [])).toEqual([{ kind: 'create', trigger: wanted }]);
  });

  it('does nothing when all is as wanted', () => {
    expect(plan([wanted], [wanted])).toEqual([]);
  });

  it('overlooks what others added and what the server filled in', () => {
    const { metadata, spec } = wanted;
    const existing: Trigger = {
      ...wanted,
      metadata: {
        ...metadata,
        uid: 'x',
        resourceVersion: '7',
        labels: { ...metadata.labels, other: 'label' },
        annotations: { ...metadata.annotations, other: 'annotation' },
      },
      spec: { ...spec, filters: [] },
    };
    expect(plan([wanted], [existing])).toEqual([]);
  });

  it.each<[string, Partial<Trigger>, object]>([
    [
      'a subscriber',
      { spec: { ...wanted.spec, subscriber: { uri: 'http://b' } } },
      { spec: { subscriber: { uri: 'http://a' } } },
    ],
    [
      'a reference beside it',
      { spec: { ...wanted.spec, subscriber: { ref: { kind: 'Service', name: 'b' } } } },
      { spec: { subscriber: { uri: 'http://a', ref: null } } },
    ],
    [
      'a delivery option',
      { spec: { ...wanted.spec, delivery: { retry: 1, timeout: 'PT60S' } } },
      { spec: { delivery: { retry: 100 } } },
    ],
    [
      'an attribute more in the filter',
      { spec: { ...wanted.spec, filter: { attributes: { type: 'a', x: 'y' } } } },
      { spec: { filter: { attributes: { x: null } } } },
    ],
    [
      'other filters',
      { spec: { ...wanted.spec, filters: [{ exact: { x: 'y' } }] } },
      { spec: { filters: [] } },
    ],
    [
      'a missing label',
      { metadata: { ...wanted.metadata, labels: {} } },
      { metadata: { labels: { 'jetmesh.dev/subscription-uid': 'uid-1' } } },
    ],
    [
      'an outdated annotation',
      { metadata: { ...wanted.metadata, annotations: { 'jetmesh.dev/max-in-flight': '3' } } },
      { metadata: { annotations: { 'jetmesh.dev/max-in-flight': '10' } } },
    ],
    [
      'a drain that is not wanted any more',
      {
        metadata: {
          ...wanted.metadata,
          annotations: { ...wanted.metadata.annotations, [requested]: 'x' },
        },
      },
      { metadata: { annotations: { [requested]: null } } },
    ],
    [
      'an owner that is gone',
      { metadata: { ...wanted.metadata, ownerReferences: [] } },
      { metadata: { ownerReferences: wanted.metadata.ownerReferences } },
    ],
  ])('puts %s right', (_case, changes, patch) => {
    const existing = { ...wanted, ...changes };
    expect(plan([wanted], [existing])).toEqual([{ kind: 'patch', trigger: existing, patch }]);
  });

  it('leaves one alone that is being deleted', () => {
    const existing = {
      ...wanted,
      metadata: { ...wanted.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    };
    expect(plan([wanted], [existing])).toEqual([]);
    expect(plan([], [existing])).toEqual([]);
  });

  it('deletes at once what never had a consumer', () => {
    expect(plan([], [wanted])).toEqual([{ kind: 'delete', trigger: wanted, isDrained: true }]);
  });

  it('asks for a drain first', () => {
    const existing = served(undefined);
    const patch = { metadata: { annotations: { [requested]: now.toISOString() } } };
    expect(plan([], [existing])).toEqual([{ kind: 'patch', trigger: existing, patch }]);
  });

  it('lets events that were told to wait go when it asks for a drain', () => {
    const waiting = served(undefined);
    const annotations = { 'jetmesh.dev/paused': 'true' };
    const existing = { ...waiting, metadata: { ...waiting.metadata, annotations } };
    const patch = {
      metadata: { annotations: { [requested]: now.toISOString(), 'jetmesh.dev/paused': null } },
    };
    expect(plan([], [existing])).toEqual([{ kind: 'patch', trigger: existing, patch }]);
  });

  it('lets a drain be that somebody only watches, and asks for its own', () => {
    const watched = served('switch 2026-01-02T03:00:00.000Z', 'switch 2026-01-02T03:00:00.000Z');
    const annotations = { ...wanted.metadata.annotations, ...watched.metadata.annotations };
    const existing = { ...wanted, metadata: { ...wanted.metadata, annotations } };
    expect(plan([wanted], [existing])).toEqual([]);
    const patch = { metadata: { annotations: { [requested]: now.toISOString() } } };
    expect(plan([], [watched])).toEqual([{ kind: 'patch', trigger: watched, patch }]);
  });

  it('waits while the drain goes on', () => {
    const existing = served('2026-01-02T03:04:00.000Z');
    expect(plan([], [existing])).toEqual([
      { kind: 'wait', trigger: existing, remainingMs: 25_000 },
    ]);
  });

  it('deletes what is drained', () => {
    const existing = served('2026-01-02T03:04:00.000Z', '2026-01-02T03:04:00.000Z');
    expect(plan([], [existing])).toEqual([{ kind: 'delete', trigger: existing, isDrained: true }]);
  });

  it('waits for its own drain, not for an earlier one', () => {
    const existing = served('2026-01-02T03:04:00.000Z', '2026-01-01T00:00:00.000Z');
    expect(plan([], [existing])).toMatchObject([{ kind: 'wait' }]);
  });

  it('deletes after the time for the drain, and knows that it was not drained', () => {
    const existing = served('2026-01-02T03:03:35.000Z');
    expect(plan([], [existing])).toEqual([{ kind: 'delete', trigger: existing, isDrained: false }]);
  });
});

function plan(wanted: Trigger[], existing: Trigger[]) {
  return triggerPlan({ wanted, existing, now, drainTimeoutMs: 30_000 });
}

function served(drainRequested: string | undefined, drainedAs?: string): Trigger {
  return {
    ...wanted,
    metadata: {
      ...wanted.metadata,
      annotations: drainRequested === undefined ? {} : { [requested]: drainRequested },
    },
    status: {
      annotations: {
        'jetmesh.dev/consumer': 'C1',
        ...(drainedAs === undefined ? {} : { [drained]: drainedAs }),
      },
    },
  };
}
