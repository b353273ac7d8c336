import { connectJetStream, openKeyValueBucket } from '@jetmesh/jetstream';
import { followManifests, startKubeApiServer } from '@jetmesh/kube-api-server';
import { createLogger, EnvironmentReader, runProgram } from '@jetmesh/service-runtime';

/** The embedded Kubernetes API of a local mesh, kept in a JetStream key-value bucket. */
await runProgram('kubernetes', async ({ env }) => {
  const reader = new EnvironmentReader(env);
  const natsUrl = reader.requiredString('NATS_SERVERS');
  const port = reader.port('HTTP_PORT', 6443);
  const level = reader.oneOf('LOG_LEVEL', ['debug', 'info', 'warn', 'error'], 'info');
  const manifests = reader.optionalString('MANIFESTS');
  reader.finish();

  const connection = await connectJetStream({ servers: [natsUrl], name: 'jetmesh-kubernetes' });
  const storage = await openKeyValueBucket(connection, 'jetmesh-kubernetes');
  const logger = createLogger({ component: 'kubernetes', level });
  const server = await startKubeApiServer({ storage, host: '127.0.0.1', port, logger });
  const stopping = new AbortController();
  const { signal } = stopping;
  const following =
    manifests === undefined
      ? undefined
      : followManifests(server, { path: manifests, logger, signal });
  return {
    async stop() {
      stopping.abort();
      await following;
      await server.close();
      await connection.close();
    },
  };
});
