import { objectKey, type KubernetesObject, type ResourceKind } from '@jetmesh/eventing-api';
import { isConflict, isNotFound } from '../client/kube-api-error.ts';
import type { KubeClient } from '../client/kube-client.ts';
import { mergePatchOf } from './merge-patch-of.ts';

/** `conflict`: the object changed since it was observed, so the status was computed from the past: reconcile again. */
export type StatusWrite = 'unchanged' | 'patched' | 'conflict' | 'gone';

/** Makes the object's status equal to `status`; no request when it is already. */
export async function writeStatus<T extends KubernetesObject & { status?: object }>(
  client: KubeClient,
  kind: ResourceKind,
  observed: T,
  status: NonNullable<T['status']>,
): Promise<StatusWrite> {
  const change = mergePatchOf(observed.status, status);
  if (change === undefined) return 'unchanged';
  const { resourceVersion } = observed.metadata;
  const patch = { metadata: { resourceVersion }, status: change };
  try {
    await client.mergePatch(kind, objectKey(observed.metadata), patch, { subresource: 'status' });
    return 'patched';
  } catch (error) {
    if (isConflict(error)) return 'conflict';
    if (isNotFound(error)) return 'gone';
    throw error;
  }
}
