import type { Logger } from './logger.ts';
import type { ObjectStorage } from './storage/object-storage.ts';

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

export function startKubeApiServer(options: KubeApiServerOptions): Promise<KubeApiServer> {
  return Promise.reject(new Error(`not built yet (port ${options.port ?? 0})`));
}
