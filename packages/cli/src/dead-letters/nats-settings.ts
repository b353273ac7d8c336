import { type JetStreamSettings, settingsFromVariables } from '@jetmesh/jetstream';
import type { CommandContext } from '../command-context.ts';

/** How a command reaches NATS; an empty variable counts as absent. */
export function natsSettings(url: string, env: CommandContext['env']): JetStreamSettings {
  const connection = { servers: url.split(','), name: 'jetmesh dead-letters' };
  return settingsFromVariables(connection, (variable) =>
    env[variable] === '' ? undefined : env[variable],
  );
}
