import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isReady, namespaceKind, triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { kubeconfigFor } from '@jetmesh/kube-api-server';
import { Reflector } from '@jetmesh/kube-controller';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startKubernetesApi, type KubernetesApi } from '../kube/support/start-kubernetes-api.ts';
import { environmentOf } from '../support/environment-of.ts';
import { eventually } from '../support/eventually.ts';
import { FaultyApi } from '../support/faulty-api.ts';
import { MachineShare } from '../support/machine-share.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { silentLogger } from '../support/silent-logger.ts';

const namespaces = Array.from({ length: 10 }, (_, index) => `many-${index}`);
const triggersEach = 100;
const mebibyte = 2 ** 20;
const programs = [
  'nats-server',
  'ingress',
  'dispatcher',
  'trigger-controller',
  'subscription-bridge',
  'http-source-adapter',
];

/** The only writes of a mesh in which nothing happens: leaders and adapter replicas renew their Leases. */
const renewal = /^(PUT|PATCH) \/apis\/coordination\.k8s\.io\/v1\/namespaces\/[^/]+\/leases\//;

describe('a thousand Triggers in ten Namespaces', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jetmesh-many-'));
  const stop = new AbortController();
  let kubernetes: KubernetesApi;
  let api: FaultyApi;
  let mesh: MeshProcess;
  let triggers: Reflector<Trigger>;

  beforeAll(async () => {
    kubernetes = await startKubernetesApi({ namespaces: [] });
    api = await FaultyApi.start(kubernetes.access);
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigFor({ url: api.url }));
    const main = buildPrograms();
    mesh = await startMeshProcess({ flags: ['--kubeconfig', kubeconfig], nodeFlags: [], main });
    const { client } = kubernetes;
    triggers = new Reflector({ client, kind: triggerKind, logger: silentLogger });
    triggers.start(stop.signal);
  }, 300_000);

  afterAll(async () => {
    stop.abort();
    await mesh.stop();
    await api.stop();
    await kubernetes.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('are all Ready within 30 s', async () => {
    const share = new MachineShare([process.pid, ...programs.map((name) => mesh.pidOf(name))]);
    await Promise.all(namespaces.map(createTriggers));
    await eventually(() => readyCount() === namespaces.length * triggersEach, {
      timeoutMs: 150_000,
      intervalMs: 50,
    });
    const { wallMs, unsharedMs } = share.elapsed();
    report(`1,000 Triggers Ready after ${seconds(wallMs)}, ${seconds(unsharedMs)} without others`);
    expect(unsharedMs).toBeLessThan(30_000);
  }, 180_000);

  it('are written no more once all is said', async () => {
    await delay(3_000);
    api.writes.splice(0);
    await delay(10_000);
    const others = api.writes.filter((write) => !renewal.test(write));
    report(`writes in 10 s: ${api.writes.length} renewals of Leases, ${others.length} others`);
    expect(others).toEqual([]);
  }, 30_000);

  it('leave the controller below 200 MiB', () => {
    const mebibytes = residentBytes(mesh.pidOf('trigger-controller')) / mebibyte;
    report(`trigger-controller: ${mebibytes.toFixed(0)} MiB`);
    expect(mebibytes).toBeLessThan(200);
  });

  it('are known again within 5 s of a restart of the controller', async () => {
    const startedAtMs = performance.now();
    await mesh.killAndAwaitRestart('trigger-controller');
    const restartedAtMs = performance.now();
    const port = environmentOf(mesh.pidOf('trigger-controller')).get('ADMIN_PORT') ?? '';
    await eventually(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, {
      timeoutMs: 30_000,
    });
    const waitMs = restartedAtMs - startedAtMs;
    const syncMs = performance.now() - restartedAtMs;
    report(`synced ${seconds(syncMs)} after the restart, itself after ${seconds(waitMs)}`);
    expect(syncMs).toBeLessThan(5_000);
  }, 60_000);

  async function createTriggers(namespace: string): Promise<void> {
    const labels = { 'eventing.knative.dev/injection': 'enabled' };
    const metadata = { name: namespace, labels };
    await kubernetes.client.create(namespaceKind, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata,
    });
    for (let index = 0; index < triggersEach; index++) {
      await kubernetes.client.create<Trigger>(triggerKind, {
        apiVersion: 'eventing.knative.dev/v1',
        kind: 'Trigger',
        metadata: { name: `trigger-${index}`, namespace },
        spec: {
          broker: 'default',
          filter: { attributes: { type: `type-${index}` } },
          subscriber: { uri: 'http://127.0.0.1:9/' },
        },
      });
    }
  }

  const readyCount = () =>
    triggers.store
      .list()
      .filter((trigger) => trigger.metadata.name.startsWith('trigger-') && isReady(trigger)).length;
});

/** The programs as an image runs them: from source, the compiler alone takes a third of the memory. */
function buildPrograms(): string {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync(process.execPath, [join(root, 'node_modules/.bin/tsc'), '-b', 'packages/cli'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(root, 'packages/cli/dist/main.js');
}

function residentBytes(pid: number): number {
  const [, kibibytes] =
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function report(figure: string): void {
  process.stderr.write(`${figure}\n`);
}
