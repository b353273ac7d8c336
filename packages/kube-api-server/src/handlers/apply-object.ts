import { admitFields, withDefaults } from '../admission/admit-fields.ts';
import { applyConfiguration, type AppliedConfiguration } from '../apply/apply-configuration.ts';
import { conflictText } from '../apply/conflict-text.ts';
import { decodeManagers, type FieldManagers } from '../apply/field-managers.ts';
import { fieldScope } from '../apply/field-scope.ts';
import { withLastApplied } from '../apply/last-applied.ts';
import { recordUpdate } from '../apply/record-update.ts';
import { ApiError } from '../errors/api-error.ts';
import {
  applyConflict,
  badRequest,
  conflict,
  notFound,
  staleObject,
} from '../errors/api-errors.ts';
import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { keyOf, withMetadata, type KubeObject } from '../object/kube-object.ts';
import { servedApiVersion } from '../registry/resource.ts';
import { unsetObject } from '../apply/unset-object.ts';
import { typedProblems } from '../apply/typed-problems.ts';
import { objectSchema } from '../schema/object-schema.ts';
import { withoutEmpty } from '../schema/without-empty.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { changeObject, type WantedChange } from './change-object.ts';
import { storeNew } from './create-object.ts';
import { decodeYaml } from './decode-body.ts';
import { authorOf } from './managers-of.ts';
import { fitToPath } from './fit-to-path.ts';
import type { ResourceRequest } from './resource-request.ts';
import { readWriteOptions, type WriteOptions } from './write-options.ts';

/** An object may come and go between the look at it and the write. */
const maxAttempts = 5;

/** PATCH with an apply configuration: creates, or changes what the configuration sets and no one else holds. */
export async function applyObject(api: ApiContext, request: ResourceRequest): Promise<ApiAnswer> {
  const { served, query } = request;
  if ((query.get('fieldManager') ?? '') === '') throw missingManager();
  const options = readWriteOptions(query, request.userAgent);
  const { object: applied, warnings } = readConfiguration(request, options);
  const { name = '', namespace } = request;
  const key = keyOf(namespace === undefined ? { name } : { name, namespace });

  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    if (api.store.get(served.resource.storageId, key) === undefined) {
      const created = await createApplied(api, request, { applied, options });
      if (created !== undefined)
        return { kind: 'object', code: 201, served, object: created, warnings };
    }
    const changed = await changeApplied(api, request, { applied, options });
    if (changed !== undefined)
      return { kind: 'object', code: 200, served, object: changed, warnings };
  }
  throw conflict(served.resource, name, staleObject);
}

interface Apply {
  readonly applied: KubeObject;
  readonly options: WriteOptions;
}

/** Undefined when the object came into being meanwhile. */
async function createApplied(
  api: ApiContext,
  request: ResourceRequest,
  { applied, options }: Apply,
): Promise<KubeObject | undefined> {
  if (request.subresource !== undefined) {
    throw notFound(request.served.resource, request.name ?? '');
  }
  const { apiVersion, kind } = applied;
  const wanted = applyTo(api, request, {
    live: { ...unsetObject(request.served), apiVersion, kind },
    managers: new Map(),
    applied,
    options,
  });
  try {
    return await storeNew(api, request, { ...wanted, isDryRun: options.isDryRun });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'AlreadyExists') return undefined;
    throw error;
  }
}

/** Undefined when the object was deleted meanwhile. */
async function changeApplied(
  api: ApiContext,
  request: ResourceRequest,
  { applied, options }: Apply,
): Promise<KubeObject | undefined> {
  try {
    const { object } = await changeObject(api, request, {
      isDryRun: options.isDryRun,
      want: (current) => {
        const live = withMetadata(current, { managedFields: undefined });
        const managers = managersOfLive(request, current, live);
        const wanted = applyTo(api, request, { live, managers, applied, options });
        const manager = options.fieldManager;
        return { ...wanted, object: withLastApplied(wanted.object, { applied, live, manager }) };
      },
    });
    return object;
  } catch (error) {
    const isGone = error instanceof ApiError && error.code === 'NotFound';
    if (isGone && request.subresource === undefined) return undefined;
    throw error;
  }
}

function applyTo(
  api: ApiContext,
  request: ResourceRequest,
  state: Apply & { live: JsonObject; managers: FieldManagers },
): WantedChange {
  const { served, subresource } = request;
  const schema = objectSchema(served.version.schema);
  const outcome = applyConfiguration({
    live: state.live,
    applied: state.applied,
    schema,
    managers: state.managers,
    author: authorOf(api, request, { options: state.options, operation: 'Apply' }),
    force: state.options.force,
    scope: fieldScope(subresource, served.version.hasStatus),
  });
  const { object, managers } = unlessConflict(outcome);
  const kept = served.resource.isCustom ? object : withoutEmpty(object, schema);
  return { object: withDefaults(kept as KubeObject, served), managers, warnings: [] };
}

function unlessConflict(
  outcome: AppliedConfiguration,
): Extract<AppliedConfiguration, { kind: 'applied' }> {
  if (outcome.kind === 'applied') return outcome;
  const { causes, summary } = conflictText(outcome.conflicts);
  throw applyConflict(causes, summary);
}

/** Fields of an object that nobody has managed yet belong to those who came before the first apply. */
function managersOfLive(
  { served, subresource }: ResourceRequest,
  current: KubeObject,
  live: KubeObject,
): FieldManagers {
  const managers = decodeManagers(current.metadata.managedFields);
  if (managers.size > 0) return managers;
  return recordUpdate({
    live: unsetObject(served),
    next: live,
    schema: objectSchema(served.version.schema),
    managers,
    author: {
      manager: 'before-first-apply',
      operation: 'Update',
      apiVersion: live.apiVersion,
      subresource: '',
      time: undefined,
    },
    scope: fieldScope(subresource, served.version.hasStatus),
  });
}

function readConfiguration(
  request: ResourceRequest,
  options: WriteOptions,
): { object: KubeObject; warnings: string[] } {
  const { object: body, complaints } = decodeYaml(request.body);
  if (isJsonObject(body.metadata) && body.metadata.managedFields !== undefined) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const fitted = fitToPath(body, request);
  const { fieldValidation } = options;
  assertTyped(fitted, request);
  return admitFields(fitted, request.served, {
    fieldValidation,
    complaints,
    isConfiguration: true,
  });
}

/** A configuration that does not fit its schema cannot be merged; the API calls that its own error. */
function assertTyped(applied: JsonObject, { served, namespace, name = '' }: ResourceRequest): void {
  const [first, ...more] = typedProblems(applied, objectSchema(served.version.schema));
  if (first === undefined) return;
  const apiVersion = servedApiVersion(served);
  const subject = `${namespace ?? ''}/${name}; ${apiVersion}, Kind=${served.resource.kind}`;
  const text = more.length === 0 ? first : ['errors:', first, ...more].join('\n  ');
  throw new ApiError(500, '', `failed to create typed patch object (${subject}): ${text}`);
}

function missingManager(): ApiError {
  const message =
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch';
  return new ApiError(422, 'Invalid', message, {
    group: 'meta.k8s.io',
    kind: 'PatchOptions',
    causes: [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: is required for apply patch',
        field: 'fieldManager',
      },
    ],
  });
}
