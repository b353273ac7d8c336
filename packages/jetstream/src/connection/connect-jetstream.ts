import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type ConnectionOptions, type NatsConnection } from 'nats';
import { ClientConnection } from './client-connection.ts';
import { connectionOptions } from './connection-options.ts';
import { errorCodeOf, JetStreamConnectionError } from './jetstream-connection-error.ts';
import type { JetStreamConnection } from './jetstream-connection.ts';
import type { JetStreamSettings } from './jetstream-settings.ts';
import { rotatingFileReader } from './rotating-file-reader.ts';

const retryMs = 250;

/** Refused credentials, unreadable files, a server without TLS or with a certificate that we do not trust. */
const hopelessCode =
  /^(AUTH|ACCOUNT|BAD_|ENOENT|EACCES|SERVER_OPT|TLS|ERR_TLS|ERR_SSL|UNABLE_TO|INVALID|CERT_|.*_CERT)/;

export interface FirstConnectionOptions {
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** Hears of each attempt that failed. */
  readonly onRetry?: (error: unknown) => void;
}

/**
 * Resolves with the first connection, however long that takes, and keeps it up for ever. Rejects when waiting cannot
 * help: credentials refused, a file that cannot be read, no trust in the server.
 */
export async function connectJetStream(
  settings: JetStreamSettings,
  options: FirstConnectionOptions = {},
): Promise<JetStreamConnection> {
  try {
    const readFile = rotatingFileReader((path) => readFileSync(path));
    for (const path of [settings.credentialsFile, settings.nkeyFile]) {
      if (path !== undefined) readFile(path);
    }
    const client = await firstConnection(connectionOptions(settings, readFile), options);
    return new ClientConnection(client, settings.apiPrefix ?? '$JS.API');
  } catch (cause) {
    const where = settings.servers.join(', ');
    throw new JetStreamConnectionError(`Connecting to NATS at "${where}" failed`, cause);
  }
}

async function firstConnection(
  clientOptions: ConnectionOptions,
  { signal, onRetry }: FirstConnectionOptions,
): Promise<NatsConnection> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await connect(clientOptions);
    } catch (error) {
      if (hopelessCode.test(errorCodeOf(error) ?? '')) throw error;
      onRetry?.(error);
    }
    await delay(retryMs, undefined, signal === undefined ? {} : { signal });
  }
}
