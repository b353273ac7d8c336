import type { ServerAccess } from '../kubeconfig-for.ts';
import { ApiSession, titleOf } from './api-session.ts';
import { applyObjects } from './apply-objects.ts';
import { readManifests, type ManifestSource } from './read-manifests.ts';

export interface ApplyManifestsOptions {
  /** Default `jetmesh`. */
  readonly fieldManager?: string;
  /** Default 10 s for the whole. */
  readonly timeoutMs?: number;
}

/** Applies objects server-side, in an order that works. Returns `Kind namespace/name` of each. */
export async function applyManifests(
  server: ServerAccess,
  source: ManifestSource,
  options: ApplyManifestsOptions = {},
): Promise<string[]> {
  const { fieldManager = 'jetmesh', timeoutMs = 10_000 } = options;
  const session = new ApiSession(server, AbortSignal.timeout(timeoutMs));
  const objects = await readManifests(source);
  return (await applyObjects(session, objects, fieldManager)).map(titleOf);
}
