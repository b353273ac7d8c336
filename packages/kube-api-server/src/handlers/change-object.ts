import { assertComplete, assertValid } from '../admission/assert-valid.ts';
import { prepareStatusUpdate, prepareUpdate } from '../admission/prepare-update.ts';
import { encodeManagers, type FieldManagers } from '../apply/field-managers.ts';
import { conflict, invalid, notFound, staleObject } from '../errors/api-errors.ts';
import { invalidValue } from '../errors/field-problems.ts';
import { isHeld } from '../lifecycle/plan-deletion.ts';
import { jsonEqual } from '../json/json-equal.ts';
import {
  keyOf,
  withMetadata,
  type KubeObject,
  type ObjectMetadata,
} from '../object/kube-object.ts';
import { enforcePolicies } from '../policies/enforce-policies.ts';
import { inStorageVersion, inVersion, type ServedResource } from '../registry/resource.ts';
import type { WriteDecision } from '../store/object-store.ts';
import type { ApiContext } from './api-context.ts';
import { commitWrite } from './commit-write.ts';
import type { ResourceRequest } from './resource-request.ts';

/** What a client wants an object to become. */
export interface WantedChange {
  readonly object: KubeObject;
  readonly managers: FieldManagers;
  readonly warnings: readonly string[];
}

export interface ChangedObject {
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

/** Changes an existing object: `want` sees its newest state in the version of the request. */
export async function changeObject(
  api: ApiContext,
  request: ResourceRequest,
  { isDryRun, want }: { isDryRun: boolean; want: (current: KubeObject) => WantedChange },
): Promise<ChangedObject> {
  const { served } = request;
  const name = request.name ?? '';
  const { namespace } = request;
  const key = keyOf(namespace === undefined ? { name } : { name, namespace });
  let answer: ChangedObject | undefined;
  const target = { storageId: served.resource.storageId, key, isDryRun };
  const result = await commitWrite(api, target, (stored) => {
    if (stored === undefined) throw notFound(served.resource, name);
    const current = inVersion(served, stored);
    const wanted = want(current);
    const peers = (): KubeObject[] => api.store.list(served.resource.storageId);
    const { next, warnings } = nextState(request, current, { ...wanted, peers });
    if (next !== current) {
      const { subresource } = request;
      const judged = { served, subresource, object: next, oldObject: current };
      enforcePolicies(api.store, { ...judged, operation: 'UPDATE' });
    }
    answer = { object: next, warnings: [...wanted.warnings, ...warnings] };
    return decide(served, { stored, current, next });
  });
  if (answer === undefined) throw new Error('a write ended without a decision');
  if (result.kind === 'kept') return answer;
  return { ...answer, object: inVersion(served, result.object) };
}

function nextState(
  { served, subresource, name = '' }: ResourceRequest,
  current: KubeObject,
  { object, managers, peers }: WantedChange & { peers: () => readonly KubeObject[] },
): { next: KubeObject; warnings: readonly string[] } {
  assertPreconditions(served, current.metadata, { ...object.metadata, name });
  assertComplete(object, served);
  const prepared =
    subresource === 'status'
      ? prepareStatusUpdate(object, current)
      : prepareUpdate(object, current, { served, peers });
  const managedFields = encodeManagers(managers);
  const next = withMetadata(prepared, {
    managedFields: managedFields.length === 0 ? undefined : managedFields,
    resourceVersion: current.metadata.resourceVersion,
  });
  if (isSameState(next, current)) return { next: current, warnings: [] };
  return { next, warnings: assertValid(next, current, served) };
}

/** An object that was being deleted goes when nothing holds it any more. */
function decide(
  served: ServedResource,
  { stored, current, next }: { stored: KubeObject; current: KubeObject; next: KubeObject },
): WriteDecision {
  if (next.metadata.deletionTimestamp !== undefined && !isHeld(next, served.resource)) {
    return { kind: 'delete', object: inStorageVersion(served.resource, next) };
  }
  if (next === current) return { kind: 'keep' };
  return {
    kind: 'put',
    object: inStorageVersion(served.resource, withStoredVersion(next, stored)),
  };
}

function withStoredVersion(next: KubeObject, stored: KubeObject): KubeObject {
  return withMetadata(next, { resourceVersion: stored.metadata.resourceVersion });
}

function assertPreconditions(
  { resource }: ServedResource,
  current: ObjectMetadata,
  wanted: ObjectMetadata,
): void {
  if (wanted.uid !== undefined && wanted.uid !== current.uid) {
    const problem = invalidValue('metadata.uid', wanted.uid, 'field is immutable');
    throw invalid(resource, wanted.name, [problem]);
  }
  const revision = wanted.resourceVersion ?? '';
  if (revision !== '' && revision !== current.resourceVersion) {
    throw conflict(resource, wanted.name, staleObject);
  }
}

/** Times in managedFields alone make no new state. */
function isSameState(next: KubeObject, current: KubeObject): boolean {
  return jsonEqual(withoutTimes(next), withoutTimes(current));
}

function withoutTimes(object: KubeObject): KubeObject {
  const managedFields = object.metadata.managedFields?.map(({ time: _, ...rest }) => rest);
  return withMetadata(object, { managedFields });
}
