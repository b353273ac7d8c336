import type { JetStreamSettings } from '@jetmesh/jetstream';
import type { EnvironmentReader } from '@jetmesh/service-runtime';

/** How to reach NATS, from the environment. */
export function readJetStreamSettings(reader: EnvironmentReader, name: string): JetStreamSettings {
  const tls = withoutUndefined({
    caFile: reader.optionalString('NATS_TLS_CA_FILE'),
    certFile: reader.optionalString('NATS_TLS_CERT_FILE'),
    keyFile: reader.optionalString('NATS_TLS_KEY_FILE'),
  });
  return {
    name,
    servers: reader.stringList('NATS_SERVERS', ['nats://127.0.0.1:4222']),
    ...withoutUndefined({
      user: reader.optionalString('NATS_USER'),
      password: reader.optionalString('NATS_PASSWORD'),
      token: reader.optionalString('NATS_TOKEN'),
      credentialsFile: reader.optionalString('NATS_CREDENTIALS_FILE'),
      nkeyFile: reader.optionalString('NATS_NKEY_FILE'),
    }),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
  };
}

/** For the log. */
export function withoutSecrets(settings: JetStreamSettings): JetStreamSettings {
  const { password, token, ...rest } = settings;
  const hidden = '(hidden)';
  return {
    ...rest,
    ...(password === undefined ? {} : { password: hidden }),
    ...(token === undefined ? {} : { token: hidden }),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends Record<string, string | undefined>>(values: T): Defined<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
