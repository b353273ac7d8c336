import { connectJetStream, openKeyValueBucket } from '@jetmesh/jetstream';
import { startKubeApiServer } from '@jetmesh/kube-api-server';
import { createLogger, EnvironmentReader, runProgram } from '@jetmesh/service-runtime';

/** The embedded Kubernetes API of a local mesh, kept in a JetStream key-value bucket. */
await runProgram('kubernetes', async ({ env }) => {
  const reader = new EnvironmentReader(env);
  const natsUrl = reader.requiredString('NATS_SERVERS');
  const port = reader.port('HTTP_PORT', 6443);
  const level = reader.oneOf('LOG_LEVEL', ['debug', 'info', 'warn', 'error'], 'info');
  reader.finish();

  const connection = await connectJetStream({ servers: [natsUrl], name: 'jetmesh-kubernetes' });
  const storage = await openKeyValueBucket(connection, 'jetmesh-kubernetes');
  const logger = createLogger({ component: 'kubernetes', level });
  const server = await startKubeApiServer({ storage, host: '127.0.0.1', port, logger });
  return {
    async stop() {
      await server.close();
      await connection.close();
    },
  };
});
