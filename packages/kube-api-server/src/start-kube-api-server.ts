import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ApiContext } from './handlers/api-context.ts';
import { apiListener } from './http/api-listener.ts';
import { ensureNamespaces } from './lifecycle/ensure-namespaces.ts';
import { startLifecycle } from './lifecycle/start-lifecycle.ts';
import { silentLogger, type Logger } from './logger.ts';
import { OpenApiDocuments } from './openapi/openapi-documents.ts';
import { builtInResources } from './registry/built-in/built-in-resources.ts';
import { ResourceRegistry } from './registry/resource-registry.ts';
import type { ObjectStorage } from './storage/object-storage.ts';
import { OpenWatches } from './watch/open-watches.ts';
import { ObjectStore } from './store/object-store.ts';

export interface KubeApiServerOptions {
  readonly storage: ObjectStorage;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly logger?: Logger;
  readonly bearerToken?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface KubeApiServer {
  readonly url: string;
  readonly port: number;
  /** Ends watches and connections, then waits for writes under way. */
  close(): Promise<void>;
}

/** Longer than clients keep a connection that they do not use. */
const keepAliveMs = 90_000;
const maxConnections = 1024;
const closeGraceMs = 1000;

const limits = {
  window: { maxCount: 2000, maxBytes: 16 * 1024 * 1024 },
  maxWaitingWrites: 1000,
  writeTimeoutMs: 10_000,
};

export async function startKubeApiServer(options: KubeApiServerOptions): Promise<KubeApiServer> {
  const { storage, host = '127.0.0.1', logger = silentLogger, tls } = options;
  const store = await ObjectStore.open({ storage, logger, ...limits });
  const registry = new ResourceRegistry(builtInResources);
  const api: ApiContext = {
    store,
    registry,
    openApi: new OpenApiDocuments(registry),
    watches: new OpenWatches(),
    logger,
    now: () => new Date(),
    newUid: () => randomUUID(),
    newNameSuffix,
  };
  const stopLifecycle = startLifecycle(api);
  await ensureNamespaces(api);

  const listener = apiListener(api, options.bearerToken);
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.keepAliveTimeout = keepAliveMs;
  server.maxConnections = maxConnections;
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const scheme = tls === undefined ? 'http' : 'https';
  return {
    port,
    url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async close() {
      api.watches.endAll();
      await closeServer(server);
      await stopLifecycle();
      await store.close();
    },
  };
}

/** Requests under way get a moment to be answered. */
async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const giveUp = setTimeout(() => {
    server.closeAllConnections();
  }, closeGraceMs);
  await closed;
  clearTimeout(giveUp);
}

const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

function newNameSuffix(): string {
  return [...randomBytes(5)]
    .map((byte) => suffixAlphabet[byte % suffixAlphabet.length] ?? '')
    .join('');
}
