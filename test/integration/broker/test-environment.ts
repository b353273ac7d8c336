import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customResourceDefinitions } from '@jetmesh/eventing-api';
import { connectJetStream, type JetStreamConnection } from '@jetmesh/jetstream';
import {
  applyManifests,
  kubeconfigFor,
  memoryStorage,
  startKubeApiServer,
} from '@jetmesh/kube-api-server';
import { type KubeClient, loadKubeClient } from '@jetmesh/kube-controller';
import { type NatsServer, startNatsServer } from '../../support/nats-server.ts';

/** Everything around the two programs: a real nats-server, the embedded Kubernetes API, and clients of both. */
export interface TestEnvironment {
  readonly nats: NatsServer;
  readonly client: KubeClient;
  readonly connection: JetStreamConnection;
  /** What a program's environment has to say to find them. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startTestEnvironment(namespace: string): Promise<TestEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'jetmesh-broker-'));
  const [nats, api] = await Promise.all([
    startNatsServer(),
    startKubeApiServer({ storage: memoryStorage() }),
  ]);
  const home = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  await applyManifests(api, { objects: [...customResourceDefinitions, home] });
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor(api));
  const client = await loadKubeClient({ kubeconfig });
  const connection = await connectJetStream({ servers: [nats.url], name: 'broker test' });
  return {
    nats,
    client,
    connection,
    variables: {
      NATS_SERVERS: nats.url,
      KUBECONFIG: kubeconfig,
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: '0',
      LOG_LEVEL: 'error',
    },
    async stop() {
      await connection.close();
      await client.close();
      await api.close();
      await nats.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
