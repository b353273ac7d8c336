import type { JetStreamSettings } from './jetstream-settings.ts';

/**
 * Credentials and certificates come from the variables that every program and command reads. `read` brings undefined
 * for one that is not set.
 */
export function settingsFromVariables(
  { servers, name }: Pick<JetStreamSettings, 'servers' | 'name'>,
  read: (variable: string) => string | undefined,
): JetStreamSettings {
  const tls = present({
    caFile: read('NATS_TLS_CA_FILE'),
    certFile: read('NATS_TLS_CERT_FILE'),
    keyFile: read('NATS_TLS_KEY_FILE'),
  });
  return {
    servers,
    name,
    ...present({
      user: read('NATS_USER'),
      password: read('NATS_PASSWORD'),
      token: read('NATS_TOKEN'),
      credentialsFile: read('NATS_CREDENTIALS_FILE'),
      nkeyFile: read('NATS_NKEY_FILE'),
    }),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}

function present<K extends string>(settings: Record<K, string | undefined>) {
  const entries = Object.entries<string | undefined>(settings);
  const set = entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(set) as Partial<Record<K, string>>;
}
