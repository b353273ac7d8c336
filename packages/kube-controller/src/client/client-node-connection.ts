import type { KubeConfig } from '@kubernetes/client-node';
import type { RequestOptions } from 'node:https';
import { Agent } from 'undici';
import type { ApiConnection } from './api-connection.ts';

/**
 * A connection by client-node, which knows every way to authenticate: exec plug-ins, OIDC and the rest. It is loaded
 * only here: it costs each process a second of CPU and 100 MB.
 */
export async function openClientNodeConnection(kubeconfigText: string): Promise<ApiConnection> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromString(kubeconfigText);
  const dispatcher = new Agent({ connect: await tlsOptions(config) });
  return {
    server: config.getCurrentCluster()?.server ?? '',
    dispatcher,
    authorization: async () => authorizationOf(await requestOptions(config)),
    close: () => dispatcher.destroy(),
  };
}

/** client-node fills in the options of a Node request. */
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
    headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  }
  return headers;
}
