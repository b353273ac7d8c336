import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { triggerKind, type Trigger } from '@jetmesh/eventing-api';
import assert from 'node:assert/strict';
import { startKubernetesApi, type KubernetesApi } from '../../kube/support/start-kubernetes-api.ts';
import { eventually } from '../../support/eventually.ts';
import { MachineShare } from '../../support/machine-share.ts';
import type { ModuleProcess } from './module-process.ts';
import { startReplica } from './replica-process.ts';

const durations = { leaseDurationMs: 2_000, renewDeadlineMs: 1_400, retryPeriodMs: 200 };
/** For requests, and for jitter of a tenth in when each looks at the Lease. */
const slackMs = 500;

describe('two replicas of a controller', () => {
  let api: KubernetesApi;
  const replicas: ModuleProcess[] = [];

  beforeAll(async () => {
    api = await startKubernetesApi({ namespaces: ['team'] });
  }, 60_000);
  afterAll(() => api.stop());
  afterEach(() => Promise.all(replicas.splice(0).map((replica) => replica.kill())));

  const start = (name: string, identity: string) => {
    const replica = startReplica({ kubeconfig: api.kubeconfig, name, identity, ...durations });
    replicas.push(replica);
    return replica;
  };
  const doneBy = ({ said }: ModuleProcess) => said.filter((line) => line.startsWith('patched '));
  const workBy = ({ said }: ModuleProcess) => said.filter((line) => line.startsWith('works '));

  /** A leader amid the work of many Triggers, and a follower. */
  async function amidWork(name: string) {
    for (let index = 0; index < 80; index++) {
      await api.client.create<Trigger>(triggerKind, {
        apiVersion: 'eventing.knative.dev/v1',
        kind: 'Trigger',
        metadata: { name: `${name}-${index}`, namespace: 'team' },
        spec: { broker: 'default', subscriber: { uri: 'http://example.com' } },
      });
    }
    const first = start(name, 'first');
    await eventually(() => doneBy(first).length >= 5);
    const second = start(name, 'second');
    await eventually(() => doneBy(first).length >= 20);
    return { first, second };
  }

  function untilDone(name: string): Promise<Trigger[]> {
    return eventually(async () => {
      const { items } = await api.client.list<Trigger>(triggerKind, { namespace: 'team' });
      const own = items.filter(({ metadata }) => metadata.name.startsWith(`${name}-`));
      const left = own.filter(({ status }) => status?.subscriberUri === undefined);
      assert.equal(left.length, 0, `${left.length} Triggers are left`);
      return own;
    });
  }

  it('take over within lease and retry when the leader is killed, and do no work twice', async () => {
    const { first, second } = await amidWork('killed');
    await first.kill();
    const share = new MachineShare([process.pid]);
    await eventually(() => second.said.includes('started'), { timeoutMs: 30_000 });
    const { leaseDurationMs, retryPeriodMs } = durations;
    // The last renewal is seen a look late, and its end too.
    const longestMs = leaseDurationMs + 2 * retryPeriodMs + slackMs;
    expect(share.elapsed().unsharedMs).toBeLessThan(longestMs);

    expect(await untilDone('killed')).toHaveLength(80);
    const doneFirst = new Set(doneBy(first));
    expect(doneBy(second).filter((line) => doneFirst.has(line))).toEqual([]);
    // Only what the two workers had in hand is begun again.
    const begun = workBy(first);
    expect(workBy(second).filter((line) => begun.includes(line)).length).toBeLessThanOrEqual(2);
  }, 60_000);

  it('do no work twice when the leader was frozen while the other took over', async () => {
    const { first, second } = await amidWork('frozen');
    first.signal('SIGSTOP');
    const before = doneBy(first).length;
    await eventually(() => second.said.includes('started'));
    const done = await untilDone('frozen');
    first.signal('SIGCONT');
    await eventually(() => first.said.includes('stopped'));

    expect(doneBy(first).length - before).toBeLessThanOrEqual(2);
    expect(await untilDone('frozen')).toEqual(done);
  }, 60_000);
});
