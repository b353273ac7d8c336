import { type JetStreamSettings, settingsFromVariables } from '@jetmesh/jetstream';
import type { EnvironmentReader } from '@jetmesh/service-runtime';

/** How to reach NATS, from the environment. */
export function readJetStreamSettings(reader: EnvironmentReader, name: string): JetStreamSettings {
  const servers = reader.stringList('NATS_SERVERS', ['nats://127.0.0.1:4222']);
  return settingsFromVariables({ servers, name }, (variable) => reader.optionalString(variable));
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
