import { kubeconfigFor, memoryStorage, startKubeApiServer } from '@jetmesh/kube-api-server';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeApiStartOptions, KubeApiUnderTest } from './kube-api-under-test.ts';

/** The embedded server in this process, as local mode runs it: plain http on loopback. */
export async function startEmbeddedKubeApiServer(
  options: KubeApiStartOptions = {},
): Promise<KubeApiUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'jetmesh-kube-'));
  const storage = memoryStorage();
  let server = await startKubeApiServer({ storage });
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor({ url: server.url }));
  const access = {
    url: server.url,
    token: undefined,
    certificateAuthority: undefined,
    kubeconfig,
  };
  await options.prepare?.(access);
  return {
    ...access,
    async killAndRestart() {
      const { port } = server;
      await server.close();
      server = await startKubeApiServer({ storage, port });
    },
    async stop() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
