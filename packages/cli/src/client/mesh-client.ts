import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import { withLocalClient } from './local-client.ts';

/** Runs `action` with a client of the cluster that is named, else of the local mesh, and closes it. */
export async function withMeshClient(
  { kubeconfig, data }: { readonly kubeconfig?: string; readonly data: string },
  action: (client: KubeClient) => Promise<void>,
): Promise<void> {
  if (kubeconfig === undefined) return withLocalClient(data, action);
  const client = await loadKubeClient({ kubeconfig });
  try {
    await action(client);
  } finally {
    await client.close();
  }
}
