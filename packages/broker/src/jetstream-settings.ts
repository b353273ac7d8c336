import { hostname } from 'node:os';
import type { JetStreamSettings } from '@jetmesh/jetstream';
import type { EnvironmentReader } from '@jetmesh/service-runtime';

/** How both programs reach NATS; the connection is named after program and pod. */
export function readJetStreamSettings(
  reader: EnvironmentReader,
  program: string,
): JetStreamSettings {
  const podName = reader.string('POD_NAME', `${hostname()}-${process.pid}`);
  const tls = {
    ...named('caFile', reader.optionalString('NATS_TLS_CA_FILE')),
    ...named('certFile', reader.optionalString('NATS_TLS_CERT_FILE')),
    ...named('keyFile', reader.optionalString('NATS_TLS_KEY_FILE')),
  };
  return {
    servers: reader.stringList('NATS_SERVERS', ['nats://127.0.0.1:4222']),
    name: `${program} ${podName}`,
    ...named('user', reader.optionalString('NATS_USER')),
    ...named('password', reader.optionalString('NATS_PASSWORD')),
    ...named('token', reader.optionalString('NATS_TOKEN')),
    ...named('credentialsFile', reader.optionalString('NATS_CREDENTIALS_FILE')),
    ...named('nkeyFile', reader.optionalString('NATS_NKEY_FILE')),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}

function named<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<K, string>>;
}
