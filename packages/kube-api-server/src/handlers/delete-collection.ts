import { ApiError } from '../errors/api-error.ts';
import { keyOf, type KubeObject } from '../object/kube-object.ts';
import { inVersion } from '../registry/resource.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { deleteStored } from './delete-object.ts';
import { readDeleteOptions } from './delete-options.ts';
import { readSelector } from './read-selector.ts';
import type { ResourceRequest } from './resource-request.ts';

/** DELETE of every selected object; the answer lists them as they were found. */
export async function deleteCollection(
  api: ApiContext,
  request: ResourceRequest,
): Promise<ApiAnswer> {
  const { served } = request;
  const options = readDeleteOptions(request);
  const selects = readSelector(request);
  const items: KubeObject[] = [];
  for (const object of api.store.list(served.resource.storageId).filter(selects)) {
    try {
      await deleteStored(api, served.resource, { key: keyOf(object.metadata), options });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'NotFound') throw error;
    }
    items.push(inVersion(served, object));
  }
  const metadata = { resourceVersion: String(api.store.revision) };
  return { kind: 'list', served, list: { items, metadata } };
}
