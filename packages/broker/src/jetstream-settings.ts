import { hostname } from 'node:os';
import { type JetStreamSettings, settingsFromVariables } from '@jetmesh/jetstream';
import type { EnvironmentReader } from '@jetmesh/service-runtime';

/** How both programs reach NATS; the connection is named after program and pod. */
export function readJetStreamSettings(
  reader: EnvironmentReader,
  program: string,
): JetStreamSettings {
  const podName = reader.string('POD_NAME', `${hostname()}-${process.pid}`);
  const servers = reader.stringList('NATS_SERVERS', ['nats://127.0.0.1:4222']);
  const name = `${program} ${podName}`;
  return settingsFromVariables({ servers, name }, (variable) => reader.optionalString(variable));
}
