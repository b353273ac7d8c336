import { methodNotAllowed } from '../errors/api-errors.ts';
import { listOr, objectOr } from '../json/json-value.ts';
import { editStored } from '../lifecycle/edit-stored.ts';
import { inVersion } from '../registry/resource.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { decodeBody } from './decode-body.ts';
import { fitToPath } from './fit-to-path.ts';
import type { ResourceRequest } from './resource-request.ts';

/** PUT of `/finalize`: the only way for a client to edit a Namespace's spec.finalizers. */
export async function finalizeNamespace(
  api: ApiContext,
  method: string,
  request: ResourceRequest,
): Promise<ApiAnswer> {
  if (method !== 'PUT') throw methodNotAllowed();
  const { served, name = '' } = request;
  const body = fitToPath(decodeBody(request.body, request.contentType).object, request);
  const finalizers = listOr(objectOr(body.spec).finalizers);
  let object = body;
  await editStored(api, { storageId: served.resource.storageId, key: name }, (stored) => {
    const edited = { ...stored, spec: { ...objectOr(stored.spec), finalizers } };
    object = inVersion(served, edited);
    return edited;
  });
  return { kind: 'json', code: 200, body: object };
}
