import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Agent } from 'undici';
import type { ApiConnection } from './api-connection.ts';
import { dialWith, type TlsOptions } from './dial-with.ts';
import type { KubeconfigContext } from './kubeconfig.ts';
import { material, type Material, type StaticCredentials } from './static-credentials.ts';

interface StaticSettings {
  readonly cluster: KubeconfigContext['cluster'];
  readonly credentials: StaticCredentials;
  /** Where relative paths start. */
  readonly folder: string;
}

/** A connection with credentials from the kubeconfig itself or from files that it names. */
export async function openStaticConnection(settings: StaticSettings): Promise<ApiConnection> {
  // Now as well, so that a file that is missing fails the start and not each request.
  await tlsOptions(settings);
  const dispatcher = new Agent({ connect: dialWith(() => tlsOptions(settings)) });
  return {
    server: settings.cluster.server,
    dispatcher,
    async authorization() {
      const token = await bearerToken(settings);
      return token === undefined ? {} : { authorization: `Bearer ${token}` };
    },
    close: () => dispatcher.destroy(),
  };
}

async function tlsOptions(settings: StaticSettings): Promise<TlsOptions> {
  const { cluster, credentials, folder } = settings;
  const pem = (from: Material | undefined) => pemOf(from, folder);
  const ca = material(cluster['certificate-authority-data'], cluster['certificate-authority']);
  const tls = {
    ca: await pem(ca),
    cert: await pem(credentials.certificate),
    key: await pem(credentials.key),
    servername: cluster['tls-server-name'],
    rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
  };
  return Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
}

async function pemOf(from: Material | undefined, folder: string): Promise<string | undefined> {
  if (from === undefined) return undefined;
  return 'file' in from
    ? readFile(resolve(folder, from.file), 'utf8')
    : Buffer.from(from.base64, 'base64').toString('utf8');
}

/** The token file wins over the token, as with client-go. It is read for each request: a kubelet rotates it. */
async function bearerToken({ credentials, folder }: StaticSettings): Promise<string | undefined> {
  const { token, tokenFile } = credentials;
  if (tokenFile === undefined) return token;
  return (await readFile(resolve(folder, tokenFile), 'utf8')).trim();
}
