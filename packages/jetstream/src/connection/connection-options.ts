import { credsAuthenticator, nkeyAuthenticator, type ConnectionOptions } from 'nats';
import type { JetStreamSettings } from './jetstream-settings.ts';

/**
 * The client's options, resolved once. Its defaults give up after ten attempts, notice a silent peer after minutes,
 * and build two stack traces a request.
 */
export function connectionOptions(
  settings: JetStreamSettings,
  readFile: (path: string) => Uint8Array,
): ConnectionOptions {
  return {
    servers: [...settings.servers],
    name: settings.name,
    noAsyncTraces: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    reconnectJitterTLS: 100,
    pingInterval: 10_000,
    maxPingOut: 2,
    timeout: 5_000,
    // Names are left to the system: the client's own look-up knows neither /etc/hosts nor search domains.
    resolve: false,
    ...credentials(settings, readFile),
    ...transportSecurity(settings),
  };
}

function credentials(
  settings: JetStreamSettings,
  readFile: (path: string) => Uint8Array,
): ConnectionOptions {
  const { user, password, token, credentialsFile, nkeyFile } = settings;
  const authenticators = [];
  if (credentialsFile !== undefined) {
    authenticators.push(credsAuthenticator(() => readFile(credentialsFile)));
  }
  if (nkeyFile !== undefined) {
    authenticators.push(nkeyAuthenticator(() => trimmed(readFile(nkeyFile))));
  }
  return {
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { pass: password }),
    ...(token === undefined ? {} : { token }),
    ...(authenticators.length === 0 ? {} : { authenticator: authenticators }),
  };
}

/** A `tls://` address demands TLS even without files; the client itself would take a plain server. */
function transportSecurity(settings: JetStreamSettings): ConnectionOptions {
  const isDemanded = settings.servers.some((server) => server.startsWith('tls://'));
  if (settings.tls === undefined) return isDemanded ? { tls: {} } : {};
  return { tls: { ...settings.tls } };
}

function trimmed(seed: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(seed).toString('latin1').trim(), 'latin1');
}
