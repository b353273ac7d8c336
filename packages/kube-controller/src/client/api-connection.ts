import { KubeConfig } from '@kubernetes/client-node';
import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import { Agent, type Dispatcher } from 'undici';

/** One API server: where it is, how to reach it, and what to send with each request to be let in. */
export interface ApiConnection {
  readonly server: string;
  readonly dispatcher: Dispatcher;
  /** Credentials change while the process runs: tokens expire, files are rotated. */
  authorization(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** From a kubeconfig file, else from where kubectl looks, in a pod from its ServiceAccount. */
export async function openApiConnection(kubeconfigFile?: string): Promise<ApiConnection> {
  const config = new KubeConfig();
  if (kubeconfigFile === undefined) config.loadFromDefault();
  else config.loadFromString(await readFile(kubeconfigFile, 'utf8'));
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Error('The kubeconfig has no current cluster');

  const dispatcher = new Agent({ connect: await tlsOptions(config) });
  return {
    server: server.replace(/\/$/, ''),
    dispatcher,
    authorization: async () => authorizationOf(await requestOptions(config)),
    close: () => dispatcher.destroy(),
  };
}

/** client-node knows every way to authenticate: it fills in the options of a Node request. */
async function requestOptions(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = { headers: {} };
  await config.applyToHTTPSOptions(options);
  return options;
}

async function tlsOptions(config: KubeConfig): Promise<object> {
  const { ca, cert, key, passphrase, servername, rejectUnauthorized } =
    await requestOptions(config);
  const given = { ca, cert, key, passphrase, servername, rejectUnauthorized };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function authorizationOf(options: RequestOptions): Record<string, string> {
  const headers = { ...(options.headers as Record<string, string> | undefined) };
  if (typeof options.auth === 'string') {
    headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  }
  return headers;
}
