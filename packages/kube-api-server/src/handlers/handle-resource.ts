import { methodNotAllowed, noSuchPath, noSuchResource, notFound } from '../errors/api-errors.ts';
import { keyOf } from '../object/kube-object.ts';
import { inVersion } from '../registry/resource.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { createObject } from './create-object.ts';
import { deleteCollection } from './delete-collection.ts';
import { deleteObject } from './delete-object.ts';
import { namespaceResource } from '../registry/built-in/namespace-resource.ts';
import { finalizeNamespace } from './finalize-namespace.ts';
import { handleScale } from './handle-scale.ts';
import { listObjects } from './list-objects.ts';
import { patchObject } from './patch-object.ts';
import type { ResourceRequest } from './resource-request.ts';
import { updateObject } from './update-object.ts';
import { isTrue, readWatchOptions } from './watch-options.ts';

/** One request for objects: the method and the shape of the path choose the verb. */
export async function handleResource(
  api: ApiContext,
  method: string,
  request: ResourceRequest,
): Promise<ApiAnswer> {
  const { subresource, served } = request;
  if (subresource === undefined) {
    return request.name === undefined
      ? handleCollection(api, method, request)
      : handleObject(api, method, request);
  }
  if (subresource === 'status' && served.version.hasStatus) {
    return handleStatus(api, method, request);
  }
  if (subresource === 'scale' && served.version.scale !== undefined) {
    return handleScale(api, method, request);
  }
  if (subresource === 'finalize' && served.resource === namespaceResource) {
    return finalizeNamespace(api, method, request);
  }
  if (served.resource.isCustom) throw notFound(served.resource, request.name ?? '');
  throw noSuchResource();
}

async function handleCollection(
  api: ApiContext,
  method: string,
  request: ResourceRequest,
): Promise<ApiAnswer> {
  const { served, namespace, query } = request;
  switch (method) {
    case 'GET':
      return isTrue(query.get('watch'))
        ? { kind: 'watch', options: readWatchOptions(request) }
        : listObjects(api, request);
    case 'POST':
      if (served.resource.isNamespaced && namespace === undefined) {
        throw served.resource.isCustom ? noSuchPath() : methodNotAllowed();
      }
      return createObject(api, request);
    case 'DELETE':
      if (served.resource.isNamespaced && namespace === undefined) throw methodNotAllowed();
      if (!served.resource.verbs.includes('deletecollection')) throw methodNotAllowed();
      return deleteCollection(api, request);
    default:
      throw methodNotAllowed();
  }
}

async function handleObject(
  api: ApiContext,
  method: string,
  request: ResourceRequest,
): Promise<ApiAnswer> {
  switch (method) {
    case 'GET':
      return isTrue(request.query.get('watch'))
        ? { kind: 'watch', options: readWatchOptions(request) }
        : getObject(api, request);
    case 'PUT':
      return updateObject(api, request);
    case 'PATCH':
      return patchObject(api, request);
    case 'DELETE':
      return deleteObject(api, request);
    default:
      throw methodNotAllowed();
  }
}

async function handleStatus(
  api: ApiContext,
  method: string,
  request: ResourceRequest,
): Promise<ApiAnswer> {
  switch (method) {
    case 'GET':
      return getObject(api, request);
    case 'PUT':
      return updateObject(api, request);
    case 'PATCH':
      return patchObject(api, request);
    default:
      throw methodNotAllowed();
  }
}

function getObject(api: ApiContext, { served, name = '', namespace }: ResourceRequest): ApiAnswer {
  const key = keyOf(namespace === undefined ? { name } : { name, namespace });
  const stored = api.store.get(served.resource.storageId, key);
  if (stored === undefined) throw notFound(served.resource, name);
  return { kind: 'object', code: 200, served, object: inVersion(served, stored) };
}
