import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Lease } from '@jetmesh/eventing-api';
import { KubeApiError, type KubeClient } from '@jetmesh/kube-controller';
import { RouteConfirmation } from './route-confirmation.ts';

const key = 'jetmesh-system/http-source-adapter-pod-1';
const silent = { debug: () => 0, info: () => 0, warn: () => 0, error: () => 0 };

let generations: Record<string, number>;
let written: string[];
let calls: string[];
let answer: () => Promise<unknown>;
let confirmation: RouteConfirmation;

const client = {
  mergePatch: (_kind: unknown, patched: string, lease: Lease) => {
    calls.push(`patch ${patched}`);
    return answer().then(() => written.push(annotationOf(lease)));
  },
  create: (_kind: unknown, lease: Lease) => {
    calls.push('create');
    written.push(annotationOf(lease));
    return Promise.resolve(lease);
  },
  delete: (_kind: unknown, deleted: string) => {
    calls.push(`delete ${deleted}`);
    return Promise.resolve('deleted');
  },
} as unknown as KubeClient;

function annotationOf(lease: Lease): string {
  return lease.metadata.annotations?.['jetmesh.dev/routed-generations'] ?? '';
}

beforeEach(() => {
  jest.useFakeTimers();
  generations = { 'a/x': 1 };
  written = [];
  calls = [];
  answer = () => Promise.resolve();
  confirmation = new RouteConfirmation({
    client,
    logger: silent,
    namespace: 'jetmesh-system',
    podName: 'pod-1',
    generations: () => generations,
    now: () => new Date(),
  });
});
afterEach(async () => {
  await confirmation.stop();
  jest.useRealTimers();
});

const passed = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('RouteConfirmation', () => {
  it('writes at the first call, at every change, and otherwise only to renew', async () => {
    confirmation.confirm();
    await passed(0);
    confirmation.confirm();
    await passed(0);
    expect(written).toEqual(['{"a/x":1}']);
    generations = { 'a/x': 2 };
    confirmation.confirm();
    await passed(0);
    expect(written).toEqual(['{"a/x":1}', '{"a/x":2}']);
    await passed(5_000);
    expect(written).toEqual(['{"a/x":1}', '{"a/x":2}', '{"a/x":2}']);
  });

  it('creates the Lease when there is none', async () => {
    answer = () => Promise.reject(notFound());
    confirmation.confirm();
    await passed(0);
    expect(calls).toEqual([`patch ${key}`, 'create']);
    expect(written).toEqual(['{"a/x":1}']);
  });

  it('writes a change that came during a write after it, once', async () => {
    let release: () => void = () => undefined;
    answer = () => new Promise<void>((resolve) => (release = resolve));
    confirmation.confirm();
    for (const generation of [2, 3]) {
      generations = { 'a/x': generation };
      confirmation.confirm();
    }
    answer = () => Promise.resolve();
    release();
    await passed(0);
    expect(written).toEqual(['{"a/x":1}', '{"a/x":3}']);
  });

  it('repeats a write that failed at the next renewal', async () => {
    answer = () => Promise.reject(new Error('no connection'));
    confirmation.confirm();
    await passed(0);
    expect(confirmation.isCurrent).toBe(false);
    answer = () => Promise.resolve();
    await passed(4_000);
    expect(written).toEqual(['{"a/x":1}']);
    expect(confirmation.isCurrent).toBe(true);
  });

  it('is current until its duration has passed without a renewal', async () => {
    confirmation.confirm();
    await passed(0);
    answer = () => Promise.reject(new Error('no connection'));
    await passed(14_000);
    expect(confirmation.isCurrent).toBe(true);
    await passed(1_000);
    expect(confirmation.isCurrent).toBe(false);
  });

  it('deletes the Lease at the end and writes no more', async () => {
    confirmation.confirm();
    await confirmation.stop();
    generations = { 'a/x': 2 };
    confirmation.confirm();
    await passed(10_000);
    expect(calls).toEqual([`patch ${key}`, `delete ${key}`]);
  });
});

function notFound(): KubeApiError {
  return new KubeApiError('PATCH', { status: 404, reason: 'NotFound', message: 'not found' });
}
