import { namespaceKind } from '@jetmesh/eventing-api';
import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedKubeApiServer } from './embedded-kube-api-server.ts';
import { installDefinitions } from './install-definitions.ts';
import type { KubeApiAccess } from './kube-api-under-test.ts';
import { startRealKubeApiServer } from './real-kube-api-server.ts';

export interface KubernetesApi {
  readonly kubeconfig: string;
  readonly client: KubeClient;
  readonly access: KubeApiAccess;
  killAndRestart(): Promise<void>;
  /** Leaves the kubeconfig of a server that is gone. */
  stopServer(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The Kubernetes API for a suite of programs, with our definitions and these Namespaces: the embedded server, or a real
 * one when TEST_KUBE_API=real, so that one suite runs on both.
 */
export async function startKubernetesApi(options: {
  namespaces: readonly string[];
}): Promise<KubernetesApi> {
  const isReal = process.env.TEST_KUBE_API === 'real';
  const start = isReal ? startRealKubeApiServer : startEmbeddedKubeApiServer;
  const server = await start({ prepare: installDefinitions });
  const folder = await mkdtemp(join(tmpdir(), 'jetmesh-kubeconfig-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await copyFile(server.kubeconfig, kubeconfig);
  const client = await loadKubeClient({ kubeconfig });
  for (const name of options.namespaces) {
    const metadata = { name };
    await client.create(namespaceKind, { apiVersion: 'v1', kind: 'Namespace', metadata });
  }
  let stopped: Promise<void> | undefined;
  const stopServer = () => (stopped ??= server.stop());
  return {
    kubeconfig,
    client,
    access: server,
    killAndRestart: () => server.killAndRestart(),
    stopServer,
    async stop() {
      await client.close();
      await stopServer();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
