import { kubeconfigFor, memoryStorage, startKubeApiServer } from '@jetmesh/kube-api-server';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeApiStartOptions, KubeApiUnderTest } from './kube-api-under-test.ts';

/** The embedded server in this process, with a bearer token as the real one has. */
export async function startEmbeddedKubeApiServer(
  options: KubeApiStartOptions = {},
): Promise<KubeApiUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'jetmesh-kube-'));
  const token = randomUUID();
  const server = await startKubeApiServer({ storage: memoryStorage(), bearerToken: token });
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor({ url: server.url, bearerToken: token }));
  const access = { url: server.url, token, certificateAuthority: undefined, kubeconfig };
  await options.prepare?.(access);
  return {
    ...access,
    async stop() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
