import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Lease } from '@jetmesh/eventing-api';
import { KubeApiError } from '../client/kube-api-error.ts';
import type { KubeClient } from '../client/kube-client.ts';
import { LeaderElector } from './leader-election.ts';

const logger = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() };

/** One Lease, as an API server keeps it. */
function aLeaseServer() {
  let lease: Lease | undefined;
  let revision = 0;
  const state = { mode: 'up' as 'up' | 'refuses' | 'hangs' };
  const store = (object: Lease) => {
    revision += 1;
    lease = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    return lease;
  };
  const answer = (act: () => Lease | undefined): Promise<unknown> => {
    if (state.mode === 'hangs') return new Promise(() => undefined);
    if (state.mode === 'refuses') return Promise.reject(new Error('connection refused'));
    return new Promise((resolve) => resolve(act()));
  };
  const conflict = (reason: string) => new KubeApiError('', { status: 409, reason, message: '' });
  const client = {
    get: () => answer(() => lease),
    create: (_kind: unknown, object: Lease) =>
      answer(() => {
        if (lease !== undefined) throw conflict('AlreadyExists');
        return store(object);
      }),
    replace: (_kind: unknown, object: Lease) =>
      answer(() => {
        const isOld = lease?.metadata.resourceVersion !== object.metadata.resourceVersion;
        if (isOld) throw conflict('Conflict');
        return store(object);
      }),
  } as unknown as KubeClient;
  const holder = () => lease?.spec?.holderIdentity;
  return { client, state, holder, touch: () => store(lease!) };
}

function anElector(client: KubeClient, identity: string) {
  const seen: string[] = [];
  const elector = new LeaderElector({
    client,
    namespace: 'ns',
    name: 'lease',
    identity,
    logger,
    onStartedLeading: (signal) => {
      seen.push('started');
      signal.addEventListener('abort', () => seen.push('aborted'));
    },
    onStoppedLeading: () => seen.push('stopped'),
  });
  return { elector, seen };
}

describe('LeaderElector', () => {
  let running: AbortController;
  beforeEach(() => {
    jest.useFakeTimers();
    running = new AbortController();
  });
  afterEach(() => {
    running.abort();
    jest.useRealTimers();
  });

  it('leads where nobody does, and stays the leader while it renews', async () => {
    const server = aLeaseServer();
    const { elector, seen } = anElector(server.client, 'a');
    elector.start(running.signal);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(elector.isLeader).toBe(true);
    expect(seen).toEqual(['started']);
  });

  it('takes over from a leader that is gone, but not before its Lease is over', async () => {
    const server = aLeaseServer();
    const dead = anElector({ ...server.client }, 'dead');
    const death = new AbortController();
    dead.elector.start(death.signal);
    await jest.advanceTimersByTimeAsync(10);
    death.abort();
    const { elector } = anElector(server.client, 'b');
    elector.start(running.signal);
    await jest.advanceTimersByTimeAsync(14_000);
    expect(elector.isLeader).toBe(false);
    await jest.advanceTimersByTimeAsync(4_000);
    expect(elector.isLeader).toBe(true);
  });

  it.each(['refuses', 'hangs'] as const)(
    'stops leading before its Lease is over when the API server %s, and leads again afterwards',
    async (mode) => {
      const server = aLeaseServer();
      const { elector, seen } = anElector(server.client, 'a');
      elector.start(running.signal);
      await jest.advanceTimersByTimeAsync(10);
      server.state.mode = mode;
      await jest.advanceTimersByTimeAsync(7_000);
      expect(elector.isLeader).toBe(true);
      await jest.advanceTimersByTimeAsync(3_100);
      expect(seen).toEqual(['started', 'aborted', 'stopped']);
      server.state.mode = 'up';
      await jest.advanceTimersByTimeAsync(8_000);
      expect(elector.isLeader).toBe(true);
    },
  );

  it('goes on leading when a renewal meets a conflict', async () => {
    const server = aLeaseServer();
    const get = server.client.get.bind(server.client);
    let hasInterfered = false;
    const client = {
      ...server.client,
      get: async (...asked: Parameters<KubeClient['get']>) => {
        const lease = await get(...asked);
        if (lease !== undefined && !hasInterfered) {
          hasInterfered = true;
          server.touch();
        }
        return lease;
      },
    } as KubeClient;
    const { elector, seen } = anElector(client, 'a');
    elector.start(running.signal);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(hasInterfered).toBe(true);
    expect(seen).toEqual(['started']);
  });

  it('lets a follower lead at its next look after it has released', async () => {
    const server = aLeaseServer();
    const first = anElector(server.client, 'a');
    const second = anElector(server.client, 'b');
    first.elector.start(running.signal);
    await jest.advanceTimersByTimeAsync(10);
    second.elector.start(running.signal);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(second.elector.isLeader).toBe(false);
    await first.elector.release();
    expect(first.seen).toEqual(['started', 'aborted', 'stopped']);
    expect(server.holder()).toBe('');
    await jest.advanceTimersByTimeAsync(2_300);
    expect(second.elector.isLeader).toBe(true);
  });

  it('releases after its signal has ended the election, and never leads again', async () => {
    const server = aLeaseServer();
    const { elector } = anElector(server.client, 'a');
    elector.start(running.signal);
    await jest.advanceTimersByTimeAsync(10);
    running.abort();
    await jest.advanceTimersByTimeAsync(0);
    expect(elector.isLeader).toBe(false);
    await elector.release();
    expect(server.holder()).toBe('');
    await jest.advanceTimersByTimeAsync(30_000);
    expect(elector.isLeader).toBe(false);
  });

  it('leaves the Lease of another leader alone when it is stopped', async () => {
    const server = aLeaseServer();
    const first = anElector(server.client, 'a');
    const second = anElector(server.client, 'b');
    first.elector.start(running.signal);
    await jest.advanceTimersByTimeAsync(10);
    second.elector.start(running.signal);
    await jest.advanceTimersByTimeAsync(10);
    await second.elector.release();
    expect(server.holder()).toBe('a');
  });
});
