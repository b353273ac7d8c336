import { readFileSync } from 'node:fs';
import { connect } from 'nats';
import { ClientConnection } from './client-connection.ts';
import { connectionOptions } from './connection-options.ts';
import { JetStreamConnectionError } from './jetstream-connection-error.ts';
import type { JetStreamConnection } from './jetstream-connection.ts';
import type { JetStreamSettings } from './jetstream-settings.ts';
import { rotatingFileReader } from './rotating-file-reader.ts';

/**
 * Resolves with the first connection, however long that takes, and keeps it up for ever. Rejects when waiting cannot
 * help: credentials refused twice, or a file that cannot be read.
 */
export async function connectJetStream(settings: JetStreamSettings): Promise<JetStreamConnection> {
  const where = settings.servers.join(', ');
  try {
    const readFile = rotatingFileReader((path) => readFileSync(path));
    for (const path of [settings.credentialsFile, settings.nkeyFile]) {
      if (path !== undefined) readFile(path);
    }
    const client = await connect(connectionOptions(settings, readFile));
    return new ClientConnection(client, settings.apiPrefix ?? '$JS.API');
  } catch (cause) {
    throw new JetStreamConnectionError(`Connecting to NATS at "${where}" failed`, cause);
  }
}
