import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { objectKey, triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { kubeconfigFor } from '@jetmesh/kube-api-server';
import {
  Controller,
  loadKubeClient,
  Reflector,
  writeStatus,
  type KubeClient,
  type ReconcileResult,
} from '@jetmesh/kube-controller';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startKubernetesApi, type KubernetesApi } from '../../kube/support/start-kubernetes-api.ts';
import { eventually } from '../../support/eventually.ts';
import { silentLogger } from '../../support/silent-logger.ts';
import { FaultyApi, type ApiFault } from '../../support/faulty-api.ts';

const names = Array.from({ length: 30 }, (_, index) => `t${index}`);
const none: ApiFault = { kind: 'none' };

/** The n-th request gets the fault when `n % 3` is not 0: so some get through. */
function often(fault: ApiFault): () => ApiFault {
  let count = 0;
  return () => (count++ % 3 === 0 ? none : fault);
}

/** A controller says in each Trigger's status which generation it has seen, while Triggers change and its API fails. */
describe('a controller whose API server', () => {
  let kubernetes: KubernetesApi;
  let folder: string;
  let api: FaultyApi;
  let client: KubeClient;
  let triggers: Reflector<Trigger>;
  let stop: AbortController;
  let round = 0;

  beforeAll(async () => {
    kubernetes = await startKubernetesApi({ namespaces: ['team'] });
    folder = mkdtempSync(join(tmpdir(), 'jetmesh-chaos-'));
    for (const name of names) await kubernetes.client.create<Trigger>(triggerKind, aTrigger(name));
  }, 60_000);
  afterAll(async () => {
    await kubernetes.stop();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    api = await FaultyApi.start(kubernetes.access);
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigFor({ url: api.url }));
    client = await loadKubeClient({ kubeconfig, timeoutMs: 3_000 });
    stop = new AbortController();
    triggers = new Reflector({ client, kind: triggerKind, logger: silentLogger, stallMs: 1_500 });
    const controller = new Controller({
      name: 'chaos',
      workerCount: 4,
      reconcile,
      logger: silentLogger,
    });
    triggers.subscribe(({ key }) => controller.queue.add(key));
    controller.start(stop.signal);
    triggers.start(stop.signal);
    await untilSettled();
  }, 60_000);
  afterEach(async () => {
    stop.abort();
    await client.close();
    await api.stop();
  });

  async function reconcile(key: string): Promise<ReconcileResult> {
    const trigger = triggers.store.get(key);
    if (trigger === undefined) return { kind: 'gone' };
    const observedGeneration = trigger.metadata.generation ?? 0;
    await writeStatus(client, triggerKind, trigger, { ...trigger.status, observedGeneration });
    return { kind: 'done' };
  }

  /** The status of every Trigger is of its last generation, and the store is what the API has. */
  async function untilSettled(): Promise<void> {
    const isSettled = async () => {
      const { items } = await kubernetes.client.list<Trigger>(triggerKind);
      const seen = items.map(({ metadata, status }) => [metadata.name, status?.observedGeneration]);
      expect(seen).toEqual(items.map(({ metadata }) => [metadata.name, metadata.generation]));
      expect(versionsOf(triggers.store.list())).toEqual(versionsOf(items));
      return true;
    };
    await eventually(isSettled, { timeoutMs: 40_000 });
  }

  /** Changes every Trigger, deletes one and makes one; each until it is done, though the server may be away. */
  async function change(): Promise<void> {
    round += 1;
    for (const name of names) {
      const patch = { spec: { delivery: { retry: round } } };
      await eventually(() => kubernetes.client.mergePatch(triggerKind, `team/${name}`, patch), {
        timeoutMs: 30_000,
      });
      await delay(20);
    }
    const trigger = aTrigger(`of-round-${round}`);
    await eventually(() => kubernetes.client.create<Trigger>(triggerKind, trigger));
    await eventually(() => kubernetes.client.delete(triggerKind, `team/of-round-${round - 1}`));
  }

  it.each<[string, () => () => ApiFault]>([
    ['is slow', () => () => ({ kind: 'late', delayMs: 700 })],
    ['answers later than anybody waits', () => often({ kind: 'late', delayMs: 5_000 })],
    ['answers 429', () => often({ kind: 'answer', status: 429, retryAfter: '1' })],
    ['answers 503', () => often({ kind: 'answer', status: 503 })],
    ['cuts connections', () => often({ kind: 'cut' })],
  ])(
    '%s, sees every change and writes each status',
    async (_what, fault) => {
      api.faultOf = fault();
      await change();
      api.faultOf = () => none;
      await untilSettled();
    },
    60_000,
  );

  it('is cut off without a word, sees every change and writes each status', async () => {
    const changing = change();
    await delay(200);
    api.swallow();
    await changing;
    await untilSettled();
  }, 60_000);

  it('is killed and restarted, sees every change and writes each status', async () => {
    const changing = change();
    await delay(200);
    await kubernetes.killAndRestart();
    await changing;
    await untilSettled();
  }, 120_000);

  it('is well again, writes nothing more', async () => {
    await change();
    await untilSettled();
    api.writes.splice(0);
    await delay(1_000);
    expect(api.writes).toEqual([]);
  }, 60_000);
});

function aTrigger(name: string): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name, namespace: 'team' },
    spec: { broker: 'default', subscriber: { uri: 'http://example.com' } },
  };
}

function versionsOf(objects: readonly Trigger[]): string[] {
  return objects
    .map(({ metadata }) => `${objectKey(metadata)} ${metadata.resourceVersion ?? ''}`)
    .sort();
}
