import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import { readFileSync } from 'node:fs';
import { CommandError } from '../command-context.ts';
import { dataFolderAt } from '../local-mesh/data-folder.ts';
import type { Endpoints } from '../local-mesh/local-mesh.ts';

/** The endpoints of the local mesh that runs on `data`. */
export function readEndpoints(data: string): Endpoints {
  const { endpoints } = dataFolderAt(data);
  try {
    return JSON.parse(readFileSync(endpoints, 'utf8')) as Endpoints;
  } catch {
    throw new CommandError(`No local mesh is ready on "${data}" (no ${endpoints}); run jetmesh up`);
  }
}

/** Runs `action` with a client of the mesh on `data`, and closes the client. */
export async function withLocalClient<T>(
  data: string,
  action: (client: KubeClient) => Promise<T>,
): Promise<T> {
  readEndpoints(data);
  const client = await loadKubeClient({ kubeconfig: dataFolderAt(data).kubeconfig });
  try {
    return await action(client);
  } finally {
    await client.close();
  }
}
