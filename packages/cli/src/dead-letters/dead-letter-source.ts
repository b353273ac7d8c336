import { connectJetStream, createStreamAdmin } from '@jetmesh/jetstream';
import type { JetStreamConnection, StreamAdmin } from '@jetmesh/jetstream';
import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import { readEndpoints } from '../client/local-client.ts';
import type { CommandContext } from '../command-context.ts';
import { dataFolderAt } from '../local-mesh/data-folder.ts';
import { natsSettings } from './nats-settings.ts';

/** Which mesh is meant, as the flags say it. */
export interface MeshFlags {
  readonly data: string;
  readonly natsUrl?: string;
  readonly kubeconfig?: string;
}

/** Where dead letters are: their Brokers in the Kubernetes API, the events in JetStream. */
export interface DeadLetterSource {
  readonly client: KubeClient;
  readonly connection: JetStreamConnection;
  readonly admin: StreamAdmin;
}

const connectDeadlineMs = 10_000;

/** Runs `action` with both connections to a mesh, and closes them. */
export async function withDeadLetterSource<T>(
  flags: MeshFlags,
  context: CommandContext,
  action: (source: DeadLetterSource) => Promise<T>,
): Promise<T> {
  const { natsUrl, kubeconfig } = placesOf(flags);
  const client = await loadKubeClient(kubeconfig === undefined ? {} : { kubeconfig });
  try {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(connectDeadlineMs)]);
    const settings = natsSettings(natsUrl, context.env);
    const connection = await connectJetStream(settings, { signal });
    try {
      return await action({ client, connection, admin: createStreamAdmin(connection) });
    } finally {
      await connection.close();
    }
  } finally {
    await client.close();
  }
}

/** With a NATS of the user's, the cluster is the one that kubectl would use. */
function placesOf({ data, natsUrl, kubeconfig }: MeshFlags) {
  if (natsUrl !== undefined) return { natsUrl, kubeconfig };
  const { nats } = readEndpoints(data);
  return { natsUrl: nats, kubeconfig: kubeconfig ?? dataFolderAt(data).kubeconfig };
}
