import { customResourceDefinitions } from '@jetmesh/eventing-api';
import {
  applyManifests,
  kubeconfigFor,
  memoryStorage,
  startKubeApiServer,
} from '@jetmesh/kube-api-server';
import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const namespaces = ['kyma-system', 'kyma-integration', 'jetmesh-system', 'shop', 'billing'];

export interface KubernetesFixture {
  readonly client: KubeClient;
  readonly kubeconfig: string;
  /** Leaves the kubeconfig of a server that is gone. */
  stopServer(): Promise<void>;
  stop(): Promise<void>;
}

/** The embedded Kubernetes API in memory, with Jetmesh's definitions and the Namespaces that the tests use. */
export async function startKubernetes(): Promise<KubernetesFixture> {
  const server = await startKubeApiServer({ storage: memoryStorage() });
  await applyManifests(server, {
    objects: [
      ...customResourceDefinitions,
      ...namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'jetmesh-adapter-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor(server));
  const client = await loadKubeClient({ kubeconfig });
  let closed: Promise<void> | undefined;
  const stopServer = () => (closed ??= server.close());
  const stop = async () => {
    await client.close();
    await stopServer();
    await rm(folder, { recursive: true });
  };
  return { client, kubeconfig, stopServer, stop };
}
