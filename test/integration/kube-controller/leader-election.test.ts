import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leaseKind, type Lease } from '@jetmesh/eventing-api';
import {
  kubeconfigFor,
  memoryStorage,
  startKubeApiServer,
  type KubeApiServer,
} from '@jetmesh/kube-api-server';
import { LeaderElector, loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.ts';
import { silentLogger } from '../../support/silent-logger.ts';

const fast = { leaseDurationMs: 1_000, renewDeadlineMs: 600, retryPeriodMs: 100 };

describe('LeaderElector', () => {
  let server: KubeApiServer;
  let client: KubeClient;

  beforeAll(async () => {
    server = await startKubeApiServer({ storage: memoryStorage() });
    const kubeconfig = join(mkdtempSync(join(tmpdir(), 'jetmesh-lease-')), 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigFor(server));
    client = await loadKubeClient({ kubeconfig });
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  function candidate(name: string, identity: string) {
    const stop = new AbortController();
    const elector = new LeaderElector({
      client,
      namespace: 'default',
      name,
      identity,
      logger: silentLogger,
      ...fast,
      onStartedLeading: () => undefined,
      onStoppedLeading: () => undefined,
    });
    elector.start(stop.signal);
    return { elector, stop };
  }

  it('makes exactly one of two the leader, and the other after the first has died', async () => {
    const first = candidate('dies', 'one');
    await eventually(() => first.elector.isLeader);
    const second = candidate('dies', 'two');
    // The end of a process: no renewal, no release.
    first.stop.abort();
    const diedAt = Date.now();
    await eventually(() => second.elector.isLeader);
    expect(Date.now() - diedAt).toBeGreaterThan(fast.leaseDurationMs - 2 * fast.retryPeriodMs);
    const lease = await client.get<Lease>(leaseKind, 'default/dies');
    expect(lease?.spec).toMatchObject({ holderIdentity: 'two', leaseTransitions: 1 });
    second.stop.abort();
  });

  it('hands over at once when the leader releases', async () => {
    const first = candidate('releases', 'one');
    await eventually(() => first.elector.isLeader);
    const second = candidate('releases', 'two');
    first.stop.abort();
    await first.elector.release();
    const releasedAt = Date.now();
    await eventually(() => second.elector.isLeader);
    expect(Date.now() - releasedAt).toBeLessThan(fast.leaseDurationMs);
    second.stop.abort();
  });
});
