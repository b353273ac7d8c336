import type { ServerAccess } from '../kubeconfig-for.ts';

/** YAML text (many documents), a file or folder of YAML and JSON, or objects. */
export type ManifestSource =
  { readonly yaml: string } | { readonly path: string } | { readonly objects: readonly object[] };

export interface ApplyManifestsOptions {
  /** Default `jetmesh`. */
  readonly fieldManager?: string;
  /** Default 10 s for the whole. */
  readonly timeoutMs?: number;
}

/** Applies objects server-side: definitions first and established, then Namespaces, then the rest. */
export function applyManifests(
  server: ServerAccess,
  source: ManifestSource,
  options: ApplyManifestsOptions = {},
): Promise<string[]> {
  return Promise.reject(
    new Error(`not built yet: ${server.url} ${JSON.stringify(source)} ${JSON.stringify(options)}`),
  );
}
