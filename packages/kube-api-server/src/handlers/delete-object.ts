import { conflict, forbidden, notFound } from '../errors/api-errors.ts';
import type { JsonObject } from '../json/json-value.ts';
import { planDeletion } from '../lifecycle/plan-deletion.ts';
import { keyOf, type KubeObject } from '../object/kube-object.ts';
import { inVersion, type Resource } from '../registry/resource.ts';
import type { WriteResult } from '../store/object-store.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { commitWrite } from './commit-write.ts';
import { readDeleteOptions, type DeleteOptions } from './delete-options.ts';
import type { ResourceRequest } from './resource-request.ts';

/** DELETE of one object. The object is the answer while something holds it, else a Status. */
export async function deleteObject(api: ApiContext, request: ResourceRequest): Promise<ApiAnswer> {
  const { served, name = '', namespace } = request;
  const options = readDeleteOptions(request);
  const key = keyOf(namespace === undefined ? { name } : { name, namespace });
  const { result, last } = await deleteStored(api, served.resource, { key, options });
  if (result.kind === 'put' || result.kind === 'kept') {
    const object = inVersion(served, result.kind === 'put' ? result.object : last);
    return { kind: 'object', code: 200, served, object };
  }
  return { kind: 'json', code: 200, body: successStatus(served.resource, last) };
}

/** Deletes or marks an object; `last` is the state that was found. */
export async function deleteStored(
  api: ApiContext,
  resource: Resource,
  { key, options }: { key: string; options: DeleteOptions },
): Promise<{ result: WriteResult; last: KubeObject }> {
  const name = key.slice(key.indexOf('/') + 1);
  let last: KubeObject | undefined;
  const target = { storageId: resource.storageId, key, isDryRun: options.isDryRun };
  const result = await commitWrite(api, target, (stored) => {
    if (stored === undefined) throw notFound(resource, name);
    if (resource.strategy.isPermanent?.(stored) === true) {
      throw forbidden(resource, name, 'this namespace may not be deleted');
    }
    assertPreconditions(resource, stored, options);
    last = stored;
    return planDeletion(stored, resource, { propagation: options.propagation, now: api.now() });
  });
  if (last === undefined) throw new Error('a deletion ended without a decision');
  return { result, last };
}

function assertPreconditions(
  { group, kind }: Resource,
  { metadata }: KubeObject,
  { uid, resourceVersion }: DeleteOptions,
): void {
  if (uid !== undefined && uid !== metadata.uid) {
    const cause = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid ?? ''}). The object might have been deleted and then recreated`;
    throw conflict({ group, plural: kind }, metadata.name, cause);
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    const cause = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion ?? ''}). The object might have been modified`;
    throw conflict({ group, plural: kind }, metadata.name, cause);
  }
}

function successStatus({ group, plural }: Resource, { metadata }: KubeObject): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: metadata.name,
      ...(group === '' ? {} : { group }),
      kind: plural,
      uid: metadata.uid,
    },
  };
}
