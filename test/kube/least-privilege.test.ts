import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  brokerKind,
  httpSourceKind,
  isReady,
  leaseKind,
  subscriptionKind,
  triggerKind,
  type HttpSource,
  type KubernetesObject,
  type ResourceKind,
  type Subscription,
} from '@jetmesh/eventing-api';
import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSink } from '../e2e/switch/shop.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { startNatsServer, type NatsServer } from '../support/nats-server.ts';
import { postEvent, postRaw } from '../support/post-event.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';
import { untilHolds } from '../support/until-holds.ts';
import { kubectls } from './kubectl/kubectls.ts';
import { Kubectl } from './kubectl/run-kubectl.ts';
import type { KubeApiUnderTest } from './support/kube-api-under-test.ts';
import {
  programMains,
  startProgramUnderAccount,
  type ProgramName,
  type ProgramUnderAccount,
} from './support/program-under-account.ts';
import { startRealKubeApiServer } from './support/real-kube-api-server.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const names = Object.keys(programMains) as ProgramName[];

let folder: string;
let api: KubeApiUnderTest;
let kubectl: Kubectl;
let client: KubeClient;
let nats: NatsServer;
let subscriber: RecordingSubscriber;
let adapter: string;
const programs = new Map<ProgramName, ProgramUnderAccount>();

async function command(line: string): Promise<string> {
  const { exitCode, stdout, stderr } = await kubectl.run({ line });
  if (exitCode !== 0) throw new Error(`kubectl ${line}: ${stderr}`);
  return stdout;
}

/** Kinds are served a moment after they are applied. */
const untilApplied = (where: string) =>
  eventually(() => command(`apply ${where}`), { intervalMs: 500 });

async function start(name: ProgramName, env: Record<string, string>): Promise<void> {
  const token = (await command(`create token ${name} -n jetmesh-system`)).trim();
  const common = { NATS_SERVERS: nats.url, BROKER_DEFAULTS_NAMESPACE: 'jetmesh-system' };
  const options = { folder, api, token, env: { ...common, ...env } };
  programs.set(name, await startProgramUnderAccount(name, options));
}

/** There is no cluster DNS here: the dispatcher may look Services up, as no pod of it needs to. */
async function replaceClusterDns(): Promise<void> {
  const resources = 'services,endpointslices.discovery.k8s.io';
  await command(`create clusterrole dns --verb=get,list,watch --resource=${resources}`);
  const account = 'jetmesh-system:dispatcher';
  await command(`create clusterrolebinding dns --clusterrole=dns --serviceaccount=${account}`);
}

async function startPrograms(): Promise<void> {
  const [ingressPort, adapterPort] = [await freePort(), await freePort()];
  const ingress = `http://127.0.0.1:${ingressPort}`;
  adapter = `http://127.0.0.1:${adapterPort}`;
  await start('ingress', { HTTP_PORT: String(ingressPort) });
  await start('dispatcher', { LOCAL_SERVICES: 'true' });
  const { readyUrl } = programs.get('dispatcher')!;
  await start('trigger-controller', { INGRESS_URL: ingress, DISPATCHER_PROBE_URL: readyUrl });
  await start('subscription-bridge', {});
  await start('http-source-adapter', { HTTP_PORT: String(adapterPort) });
  await Promise.all([...programs.values()].map((program) => program.untilReady()));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jetmesh-accounts-'));
  api = await startRealKubeApiServer();
  kubectl = await Kubectl.create(kubectls()[0]!.binary, api);
  client = await loadKubeClient({ kubeconfig: api.kubeconfig });
  nats = await startNatsServer();
  subscriber = await startRecordingSubscriber();
  await command(`apply -k ${repository}manifests/overlays/quickstart`);
  await untilApplied(`-k ${repository}manifests/event-bus`);
  await replaceClusterDns();
  await startPrograms();
  await untilApplied(`-f ${repository}examples/quickstart`);
  await createSink(client, 'shop', subscriber.port);
}, 180_000);
beforeEach(() => {
  subscriber.received.length = 0;
});
afterAll(async () => {
  await Promise.all([...programs.values()].map((program) => program.stop()));
  await client.close();
  await kubectl.close();
  await subscriber.close();
  await nats.stop();
  await api.stop();
  await rm(folder, { recursive: true });
}, 60_000);

async function sendLegacyEvent(): Promise<void> {
  const event = {
    'event-type': 'order.created',
    'event-type-version': 'v1',
    'event-time': '2020-01-01T10:00:00Z',
    data: { orderCode: '42' },
  };
  const headers = { 'content-type': 'application/json' };
  const url = `${adapter}/commerce/v1/events`;
  expect((await postRaw(url, headers, JSON.stringify(event))).code).toBe(200);
}

const untilReceivedAt = (...paths: string[]) =>
  untilHolds(() => {
    expect(subscriber.received.map(({ path }) => path).sort()).toEqual(paths);
    return Promise.resolve();
  });

async function untilReady(kind: ResourceKind, key: string): Promise<void> {
  await eventually(
    async () => {
      const object = await client.get<KubernetesObject & Partial<Subscription>>(kind, key);
      if (object?.status?.ready === true || (object && isReady(object))) return true;
      throw new Error(`${key}: ${JSON.stringify(object?.status)}`);
    },
    { timeoutMs: 30_000 },
  );
}

describe('with every program under its own ServiceAccount', () => {
  it('a token opens what its program needs and nothing else', async () => {
    const { kubeconfig } = programs.get('ingress')!;
    const asIngress = await loadKubeClient({ kubeconfig });
    await expect(asIngress.list(brokerKind)).resolves.toBeDefined();
    await expect(asIngress.list(triggerKind)).rejects.toMatchObject({ status: 403 });
    await asIngress.close();
  });

  it('controllers lead by their Leases, and the adapter tells its routes in one', async () => {
    await untilHolds(async () => {
      const { items } = await client.list(leaseKind, { namespace: 'jetmesh-system' });
      expect(items.map(({ metadata }) => metadata.name).sort()).toEqual([
        'http-source-adapter-http-source-adapter-0',
        'subscription-bridge',
        'trigger-controller',
      ]);
    });
  });

  it('the quickstart is Ready, and delivers on bus and mesh', async () => {
    await untilReady(triggerKind, 'shop/shipped-orders');
    await untilReady(subscriptionKind, 'shop/created-orders');
    await untilReady(subscriptionKind, 'shop/created-orders-old');
    await untilReady(httpSourceKind, 'shop/commerce');
    await sendLegacyEvent();
    await untilReceivedAt('/old-subscription', '/subscription');
    const shipped = { 'ce-type': 'order.shipped', 'ce-source': 'commerce' };
    expect((await postEvent(`${adapter}/commerce/events`, shipped)).code).toBe(200);
    await untilReceivedAt('/old-subscription', '/subscription', '/trigger');
  });

  it('an Application moves to the mesh', async () => {
    await client.mergePatch<HttpSource>(httpSourceKind, 'shop/commerce', {
      spec: { endpoints: { legacy: 'mesh' } },
    });
    await untilHolds(async () => {
      const source = await client.get<HttpSource>(httpSourceKind, 'shop/commerce');
      expect(source?.status?.observedGeneration).toBe(source?.metadata.generation);
      expect(isReady(source!)).toBe(true);
    });
    await sendLegacyEvent();
    await untilReceivedAt('/old-subscription', '/subscription');
  });

  it('what is deleted goes, finalizers and all, and the rest goes on', async () => {
    await client.delete(subscriptionKind, 'shop/created-orders');
    await client.delete(triggerKind, 'shop/shipped-orders');
    await untilHolds(async () => {
      expect(await client.get(subscriptionKind, 'shop/created-orders')).toBeUndefined();
      expect(await client.get(triggerKind, 'shop/shipped-orders')).toBeUndefined();
    });
    await client.delete(brokerKind, 'kyma-system/event-bus');
    await untilHolds(async () => {
      expect(await client.get(brokerKind, 'kyma-system/event-bus')).toBeUndefined();
    });
    await sendLegacyEvent();
    await untilReceivedAt('/old-subscription');
  });

  it.each(names)(
    'nothing that it wanted was refused to it, and it stops in peace: %s',
    async (name) => {
      const program = programs.get(name)!;
      expect(await program.stop()).toBe(0);
      const refusals = program
        .log()
        .split('\n')
        .filter((line) => /forbidden|\b40[13]\b/i.test(line));
      expect(refusals).toEqual([]);
    },
  );

  it('no Lease is left of an adapter that has stopped', async () => {
    const { items } = await client.list(leaseKind, { namespace: 'jetmesh-system' });
    const left = items
      .map(({ metadata }) => metadata.name)
      .filter((name) => name.startsWith('http-source'));
    expect(left).toEqual([]);
  });
});
