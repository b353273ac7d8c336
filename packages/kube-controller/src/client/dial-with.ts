import type { ConnectionOptions } from 'node:tls';
import { buildConnector } from 'undici';

export type TlsOptions = Pick<
  ConnectionOptions,
  'ca' | 'cert' | 'key' | 'passphrase' | 'servername' | 'rejectUnauthorized'
>;

const connectTimeoutMs = 10_000;

/** Dials with the certificates and keys of the moment: they are rotated while a process runs. */
export function dialWith(tlsOptions: () => Promise<TlsOptions>): buildConnector.connector {
  return (target, callback) => {
    tlsOptions().then(
      (tls) => buildConnector({ ...tls, timeout: connectTimeoutMs })(target, callback),
      (error: unknown) => callback(error as Error, null),
    );
  };
}
