import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Agent } from 'undici';
import type { ApiConnection } from './api-connection.ts';
import type { KubeconfigContext } from './kubeconfig.ts';
import { material, type Material, type StaticCredentials } from './static-credentials.ts';

/** Kubernetes rotates a pod's token at 80 % of its hour; a minute's delay in noticing is far within. */
const tokenFreshMs = 60_000;

/** A connection with credentials from the kubeconfig itself or from files that it names, relative to `folder`. */
export async function openStaticConnection(
  cluster: KubeconfigContext['cluster'],
  credentials: StaticCredentials,
  folder: string,
): Promise<ApiConnection> {
  const pem = (from: Material | undefined) => pemOf(from, folder);
  const ca = material(cluster['certificate-authority-data'], cluster['certificate-authority']);
  const tls = {
    ca: await pem(ca),
    cert: await pem(credentials.certificate),
    key: await pem(credentials.key),
    servername: cluster['tls-server-name'],
    rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
  };
  const given = Object.entries(tls).filter(([, value]) => value !== undefined);
  const dispatcher = new Agent({ connect: Object.fromEntries(given) });
  const token = tokenSource(credentials, folder);
  return {
    server: cluster.server,
    dispatcher,
    async authorization() {
      const current = await token();
      return current === undefined ? {} : { authorization: `Bearer ${current}` };
    },
    close: () => dispatcher.destroy(),
  };
}

async function pemOf(from: Material | undefined, folder: string): Promise<string | undefined> {
  if (from === undefined) return undefined;
  return 'file' in from
    ? readFile(resolve(folder, from.file), 'utf8')
    : Buffer.from(from.base64, 'base64').toString('utf8');
}

/** The token file wins over the token, as with client-go; it is read again once a minute. */
function tokenSource(
  { token, tokenFile }: StaticCredentials,
  folder: string,
): () => Promise<string | undefined> {
  if (tokenFile === undefined) return () => Promise.resolve(token);
  const file = resolve(folder, tokenFile);
  let known: { token: string; atMs: number } | undefined;
  return async () => {
    const isFresh = known !== undefined && Date.now() - known.atMs < tokenFreshMs;
    if (!isFresh) known = { token: (await readFile(file, 'utf8')).trim(), atMs: Date.now() };
    return known?.token;
  };
}
