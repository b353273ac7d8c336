import { admitFields, type AdmittedFields } from '../admission/admit-fields.ts';
import { conflict, invalid } from '../errors/api-errors.ts';
import { invalidValue } from '../errors/field-problems.ts';
import { keyOf, type ObjectMetadata } from '../object/kube-object.ts';
import type { Resource } from '../registry/resource.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { changeObject } from './change-object.ts';
import { managersOfNew, storeNew } from './create-object.ts';
import { decodeBody } from './decode-body.ts';
import { managersAfterUpdate } from './managers-of.ts';
import { fitToPath } from './fit-to-path.ts';
import type { ResourceRequest } from './resource-request.ts';
import { readWriteOptions, type WriteOptions } from './write-options.ts';

/** PUT of a whole object, or of its status. */
export async function updateObject(api: ApiContext, request: ResourceRequest): Promise<ApiAnswer> {
  const { served } = request;
  const options = readWriteOptions(request.query, request.userAgent);
  const decoded = decodeBody(request.body, request.contentType);
  const body = fitToPath(decoded.object, request);
  const admission = { fieldValidation: options.fieldValidation, complaints: decoded.complaints };
  const admitted = admitFields(body, served, admission);
  const { strategy } = served.resource;
  if (strategy.isCreatedByUpdate === true && request.subresource === undefined) {
    const created = await createMissing(api, request, { ...admitted, options });
    if (created !== undefined) return created;
  }
  const { object, warnings } = await changeObject(api, request, {
    isDryRun: options.isDryRun,
    want: (current) => {
      const wanted = admitted.object;
      assertPreconditions(served.resource, wanted.metadata, current.metadata);
      const managers = managersAfterUpdate(api, request, { current, wanted, options });
      return { ...admitted, managers };
    },
  });
  return { kind: 'object', code: 200, served, object, warnings };
}

/** Undefined when the object is there. */
async function createMissing(
  api: ApiContext,
  request: ResourceRequest,
  { object, warnings, options }: AdmittedFields & { options: WriteOptions },
): Promise<ApiAnswer | undefined> {
  const { served } = request;
  const key = keyOf(object.metadata);
  if (api.store.get(served.resource.storageId, key) !== undefined) return undefined;
  const managers = managersOfNew(api, request, { object, options });
  const created = await storeNew(api, request, { object, managers, isDryRun: options.isDryRun });
  return { kind: 'object', code: 201, served, object: created, warnings };
}

/** An object that was made anew under its name is not the one that the client read. */
function assertPreconditions(
  { group, plural, strategy }: Resource,
  { uid = '', resourceVersion = '' }: ObjectMetadata,
  current: ObjectMetadata,
): void {
  if (strategy.needsRevision === true && resourceVersion === '') {
    const problem = invalidValue('metadata.resourceVersion', 0, 'must be specified for an update');
    throw invalid({ group, kind: plural }, current.name, [problem]);
  }
  if (uid === '' || uid === current.uid) return;
  const cause = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.uid ?? ''}`;
  throw conflict({ group, plural }, current.name, cause);
}
