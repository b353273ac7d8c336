import { connectJetStream, type JetStreamConnection } from '@jetmesh/jetstream';
import type { KubeClient } from '@jetmesh/kube-controller';
import { startKubernetesApi } from '../../kube/support/start-kubernetes-api.ts';
import { type NatsServer, startNatsServer } from '../../support/nats-server.ts';

/** Everything around the two programs: a real nats-server, a Kubernetes API, and clients of both. */
export interface TestEnvironment {
  readonly nats: NatsServer;
  readonly client: KubeClient;
  readonly connection: JetStreamConnection;
  /** What a program's environment has to say to find them. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startTestEnvironment(namespace: string): Promise<TestEnvironment> {
  const [nats, api] = await Promise.all([
    startNatsServer(),
    startKubernetesApi({ namespaces: [namespace] }),
  ]);
  const connection = await connectJetStream({ servers: [nats.url], name: 'broker test' });
  return {
    nats,
    client: api.client,
    connection,
    variables: {
      NATS_SERVERS: nats.url,
      KUBECONFIG: api.kubeconfig,
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: '0',
      LOG_LEVEL: 'error',
    },
    async stop() {
      await connection.close();
      await api.stop();
      await nats.stop();
    },
  };
}
