import type { KubeConfig } from '@kubernetes/client-node';
import type { RequestOptions } from 'node:https';
import { Agent, type Dispatcher } from 'undici';
import type { ApiConnection } from './api-connection.ts';
import { dialWith, type TlsOptions } from './dial-with.ts';
import { KubeconfigError } from './kubeconfig.ts';

/**
 * A connection by client-node, which knows every way to authenticate, exec plug-ins, OIDC and the rest, and proxies. It
 * is loaded only here: it costs each process a second of CPU and 100 MB.
 */
export async function openClientNodeConnection(files: readonly string[]): Promise<ApiConnection> {
  const config = await loadConfig(files);
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    throw new KubeconfigError(`current-context: no cluster for "${config.currentContext}"`);
  }
  const dispatcher =
    cluster.proxyUrl === undefined
      ? new Agent({ connect: dialWith(async () => tlsOptionsOf(await requestOptions(config))) })
      : await proxyDispatcher(config);
  return {
    server: cluster.server,
    dispatcher,
    authorization: async () => authorizationOf(await requestOptions(config)),
    close: () => dispatcher.destroy(),
  };
}

/** As kubectl merges several files: the first that names a current context decides it. */
async function loadConfig(files: readonly string[]): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const [first, ...others] = files.map((file) => {
    const config = new KubeConfig();
    config.loadFromFile(file);
    return config;
  });
  if (first === undefined) throw new KubeconfigError('No kubeconfig file');
  for (const other of others) first.mergeConfig(other, Boolean(first.currentContext));
  return first;
}

/** client-node fills in the options of a Node request. */
async function requestOptions(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = { headers: {} };
  await config.applyToHTTPSOptions(options);
  return options;
}

function tlsOptionsOf(options: RequestOptions): TlsOptions {
  const { ca, cert, key, passphrase, servername, rejectUnauthorized } = options;
  const given = { ca, cert, key, passphrase, servername, rejectUnauthorized };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** client-node hands its dispatcher, which goes through the cluster's proxy, to the context of a request. */
async function proxyDispatcher(config: KubeConfig): Promise<Dispatcher> {
  let dispatcher: Dispatcher | undefined;
  const context = {
    setHeaderParam: () => undefined,
    setDispatcher: (given: Dispatcher) => (dispatcher = given),
  };
  await config.applySecurityAuthentication(
    context as unknown as Parameters<KubeConfig['applySecurityAuthentication']>[0],
  );
  if (dispatcher === undefined) throw new KubeconfigError('proxy-url: not usable');
  return dispatcher;
}

function authorizationOf(options: RequestOptions): Record<string, string> {
  const headers = { ...(options.headers as Record<string, string> | undefined) };
  if (typeof options.auth === 'string') {
    headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  }
  return headers;
}
