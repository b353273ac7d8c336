import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { leaseKind, type Lease } from '@jetmesh/eventing-api';
import { LeaderElector, type KubeClient } from '@jetmesh/kube-controller';
import { startKubernetesApi, type KubernetesApi } from '../../kube/support/start-kubernetes-api.ts';
import { eventually } from '../../support/eventually.ts';
import { silentLogger } from '../../support/silent-logger.ts';
import { startCandidate } from './candidate-process.ts';
import type { ModuleProcess } from './module-process.ts';

const fast = { leaseDurationMs: 1_000, renewDeadlineMs: 600, retryPeriodMs: 100 };

describe('LeaderElector', () => {
  let api: KubernetesApi;
  let client: KubeClient;
  let kubeconfig: string;

  beforeAll(async () => {
    api = await startKubernetesApi({ namespaces: [] });
    ({ client, kubeconfig } = api);
  }, 60_000);
  afterAll(() => api.stop());

  const processes: ModuleProcess[] = [];
  afterEach(() => Promise.all(processes.splice(0).map((process) => process.kill())));

  async function leadingProcess(name: string): Promise<ModuleProcess> {
    const first = startCandidate({ kubeconfig, name, identity: 'one', ...fast });
    processes.push(first);
    await eventually(() => first.said.includes('started'));
    return first;
  }

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

  it('makes exactly one of two the leader, and the other after the first was killed', async () => {
    const first = await leadingProcess('killed');
    const second = candidate('killed', 'two');
    await first.kill();
    const killedAt = Date.now();
    await eventually(() => second.elector.isLeader);
    expect(Date.now() - killedAt).toBeGreaterThan(fast.leaseDurationMs - 2 * fast.retryPeriodMs);
    const lease = await client.get<Lease>(leaseKind, 'default/killed');
    expect(lease?.spec).toMatchObject({ holderIdentity: 'two', leaseTransitions: 1 });
    second.stop.abort();
  });

  it('ends the lead of a process that was frozen while another took over', async () => {
    const first = await leadingProcess('frozen');
    first.signal('SIGSTOP');
    const second = candidate('frozen', 'two');
    await eventually(() => second.elector.isLeader);
    first.signal('SIGCONT');
    await eventually(() => first.said.includes('stopped'));
    expect(second.elector.isLeader).toBe(true);
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
