import { ApiError } from '../errors/api-error.ts';
import { forbidden, notFound } from '../errors/api-errors.ts';
import { definitionStorageId } from '../definitions/custom-definition.ts';
import { namespaceResource } from '../registry/built-in/namespace-resource.ts';
import type { Resource } from '../registry/resource.ts';
import type { ApiContext } from './api-context.ts';

/** New objects need a Namespace that exists, and neither it nor their definition may be on its way out. */
export function assertOpen(
  api: ApiContext,
  resource: Resource,
  { namespace, name }: { namespace: string | undefined; name: string },
): void {
  if (resource.isCustom) assertDefinitionOpen(api, resource);
  if (namespace === undefined) return;
  const found = api.store.get(namespaceResource.storageId, namespace);
  if (found === undefined) throw notFound(namespaceResource, namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  const cause = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const error = forbidden(resource, name, cause);
  const message = `namespace ${namespace} is being terminated`;
  const causes = [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }];
  throw new ApiError(error.httpCode, error.code, error.message, { ...error.details, causes });
}

function assertDefinitionOpen(api: ApiContext, { group, plural }: Resource): void {
  const definition = api.store.get(definitionStorageId, `${plural}.${group}`);
  if (definition?.metadata.deletionTimestamp === undefined) return;
  const message = 'create not allowed while custom resource definition is terminating';
  throw new ApiError(405, 'MethodNotAllowed', message, {});
}
