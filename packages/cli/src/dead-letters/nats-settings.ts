import type { JetStreamSettings } from '@jetmesh/jetstream';
import type { CommandContext } from '../command-context.ts';

/** How a command reaches NATS: credentials come from the variables that every program of the mesh reads. */
export function natsSettings(url: string, env: CommandContext['env']): JetStreamSettings {
  const tls = present({
    caFile: env.NATS_TLS_CA_FILE,
    certFile: env.NATS_TLS_CERT_FILE,
    keyFile: env.NATS_TLS_KEY_FILE,
  });
  return {
    servers: url.split(','),
    name: 'jetmesh dead-letters',
    ...present({
      user: env.NATS_USER,
      password: env.NATS_PASSWORD,
      token: env.NATS_TOKEN,
      credentialsFile: env.NATS_CREDENTIALS_FILE,
      nkeyFile: env.NATS_NKEY_FILE,
    }),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}

/** An empty variable counts as absent. */
function present<K extends string>(settings: Record<K, string | undefined>) {
  const entries = Object.entries<string | undefined>(settings).filter(([, value]) => value);
  return Object.fromEntries(entries) as Partial<Record<K, string>>;
}
