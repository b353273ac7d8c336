import { admitFields } from '../admission/admit-fields.ts';
import { assertComplete, assertValid } from '../admission/assert-valid.ts';
import { prepareCreate, timestamp } from '../admission/prepare-create.ts';
import { encodeManagers, type FieldManagers } from '../apply/field-managers.ts';
import { fieldScope } from '../apply/field-scope.ts';
import { unsetObject } from '../apply/unset-object.ts';
import { recordUpdate } from '../apply/record-update.ts';
import { ApiError } from '../errors/api-error.ts';
import { alreadyExists, invalid } from '../errors/api-errors.ts';
import { requiredValue } from '../errors/field-problems.ts';
import { keyOf, withMetadata, type KubeObject } from '../object/kube-object.ts';
import { enforcePolicies } from '../policies/enforce-policies.ts';
import { inStorageVersion, inVersion, servedApiVersion } from '../registry/resource.ts';
import type { ApiAnswer } from './api-answer.ts';
import { objectSchema } from '../schema/object-schema.ts';
import type { ApiContext } from './api-context.ts';
import { assertOpen } from './assert-open.ts';
import { commitWrite } from './commit-write.ts';
import { decodeBody } from './decode-body.ts';
import { fitToPath } from './fit-to-path.ts';
import type { ResourceRequest } from './resource-request.ts';
import { readWriteOptions, type WriteOptions } from './write-options.ts';

const maxNameAttempts = 8;

/** POST of a new object. */
export async function createObject(api: ApiContext, request: ResourceRequest): Promise<ApiAnswer> {
  const options = readWriteOptions(request.query, request.userAgent);
  const decoded = decodeBody(request.body, request.contentType);
  const body = fitToPath(decoded.object, request);
  const admission = { fieldValidation: options.fieldValidation, complaints: decoded.complaints };
  const { object, warnings } = admitFields(body, request.served, admission);
  if ((object.metadata.resourceVersion ?? '') !== '') {
    const message = 'resourceVersion should not be set on objects to be created';
    throw new ApiError(500, 'InternalError', message);
  }
  const managers = managersOfNew(api, request, { object, options });
  const created = await storeNew(api, request, { object, managers, isDryRun: options.isDryRun });
  return { kind: 'object', code: 201, served: request.served, object: created, warnings };
}

interface NewObject {
  readonly object: KubeObject;
  readonly managers: FieldManagers;
  readonly isDryRun: boolean;
}

/** Stores an object that is not there yet; a generated name that is taken is drawn again. */
export async function storeNew(
  api: ApiContext,
  request: ResourceRequest,
  { object, managers, isDryRun }: NewObject,
): Promise<KubeObject> {
  const { served } = request;
  for (let attempt = 1; ; attempt += 1) {
    const name = nameOf(api, object, request);
    const { namespace } = request;
    const { storageId } = served.resource;
    const target = {
      storageId,
      key: keyOf(namespace === undefined ? { name } : { name, namespace }),
      isDryRun,
    };
    const result = await commitWrite(api, target, (current) => {
      assertOpen(api, served.resource, { namespace, name });
      assertComplete(object, served);
      const facts = {
        uid: api.newUid(),
        now: api.now(),
        name,
        namespace,
        peers: () => api.store.list(storageId),
      };
      const managedFields = encodeManagers(managers);
      const started = withMetadata(prepareCreate(object, served, facts), {
        managedFields: managedFields.length === 0 ? undefined : managedFields,
      });
      assertValid(started, undefined, served);
      const judged = { served, subresource: undefined, object: started, oldObject: undefined };
      enforcePolicies(api.store, { ...judged, operation: 'CREATE' });
      if (current !== undefined) return { kind: 'keep' };
      return { kind: 'put', object: inStorageVersion(served.resource, started) };
    });
    if (result.kind === 'put') return inVersion(served, result.object);
    if (object.metadata.name || attempt === maxNameAttempts) {
      throw alreadyExists(served.resource, name);
    }
  }
}

function nameOf(api: ApiContext, object: KubeObject, request: ResourceRequest): string {
  const { name, generateName } = object.metadata;
  if (name) return name;
  if (generateName) return `${generateName.slice(0, 58)}${api.newNameSuffix()}`;
  const problem = requiredValue('metadata.name', 'name or generateName is required');
  throw invalid(request.served.resource, '', [problem]);
}

/** The author of a creation manages all that it set. */
export function managersOfNew(
  api: ApiContext,
  { served }: ResourceRequest,
  { object, options }: { object: KubeObject; options: WriteOptions },
): FieldManagers {
  return recordUpdate({
    live: unsetObject(served),
    next: object,
    schema: objectSchema(served.version.schema),
    managers: new Map(),
    author: {
      manager: options.fieldManager,
      operation: 'Update',
      apiVersion: servedApiVersion(served),
      subresource: '',
      time: timestamp(api.now()),
    },
    scope: fieldScope(undefined, served.version.hasStatus),
  });
}
