import { parse } from 'yaml';

/** The part of a kubeconfig that its current context selects. */
export interface KubeconfigContext {
  readonly cluster: {
    readonly server: string;
    readonly 'certificate-authority'?: string;
    readonly 'certificate-authority-data'?: string;
    readonly 'insecure-skip-tls-verify'?: boolean;
    readonly 'tls-server-name'?: string;
    readonly 'proxy-url'?: string;
  };
  readonly user: Readonly<Record<string, unknown>>;
}

interface Kubeconfig {
  'current-context'?: string;
  contexts?: { name: string; context: { cluster: string; user?: string } }[];
  clusters?: { name: string; cluster: KubeconfigContext['cluster'] }[];
  users?: { name: string; user?: Record<string, unknown> }[];
}

/** A kubeconfig that lacks what its current context names. */
export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError';
  readonly code = 'invalid_kubeconfig';
}

/** Cluster and user of the current context. */
export function currentContext(text: string): KubeconfigContext {
  const config = (parse(text) ?? {}) as Kubeconfig;
  const wanted = config['current-context'];
  const context = config.contexts?.find(({ name }) => name === wanted)?.context;
  const cluster = config.clusters?.find(({ name }) => name === context?.cluster)?.cluster;
  if (context === undefined || cluster === undefined) {
    throw new KubeconfigError(`current-context: no context and cluster for "${wanted ?? ''}"`);
  }
  const user = config.users?.find(({ name }) => name === context.user)?.user;
  return { cluster, user: user ?? {} };
}
