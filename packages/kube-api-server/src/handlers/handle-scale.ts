import {
  badRequest,
  invalid,
  methodNotAllowed,
  notFound,
  unsupportedMediaType,
} from '../errors/api-errors.ts';
import { invalidValue } from '../errors/field-problems.ts';
import { isJsonObject, objectOr, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { keyOf, type KubeObject } from '../object/kube-object.ts';
import { jsonPatch } from '../patch/json-patch.ts';
import { mergePatch } from '../patch/merge-patch.ts';
import { inVersion, type ScalePaths } from '../registry/resource.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { changeObject } from './change-object.ts';
import { decodeBody, mediaTypeOf, parseJson } from './decode-body.ts';
import { managersAfterUpdate } from './managers-of.ts';
import type { ResourceRequest } from './resource-request.ts';
import { readWriteOptions } from './write-options.ts';

/** The scale subresource: an object seen as a number of replicas. */
export async function handleScale(
  api: ApiContext,
  method: string,
  request: ResourceRequest,
): Promise<ApiAnswer> {
  const paths = request.served.version.scale;
  if (paths === undefined) throw methodNotAllowed();
  switch (method) {
    case 'GET':
      return answer(scaleOf(storedObject(api, request), paths));
    case 'PUT': {
      const { object } = decodeBody(request.body, request.contentType);
      return changeScale(api, request, { paths, next: () => object });
    }
    case 'PATCH':
      return changeScale(api, request, { paths, next: patcherOf(request) });
    default:
      throw methodNotAllowed();
  }
}

async function changeScale(
  api: ApiContext,
  request: ResourceRequest,
  { paths, next }: { paths: ScalePaths; next: (scale: JsonObject) => JsonValue },
): Promise<ApiAnswer> {
  const options = readWriteOptions(request.query, request.userAgent);
  const { object } = await changeObject(api, request, {
    isDryRun: options.isDryRun,
    want: (current) => {
      const scale = next(scaleOf(current, paths));
      if (!isJsonObject(scale)) throw badRequest('the scale is not an object');
      const { resourceVersion } = objectOr(scale.metadata);
      const wanted = withValue(
        current,
        pathParts(paths.specReplicas),
        readReplicas(request, scale),
      );
      const versioned = typeof resourceVersion === 'string' ? { resourceVersion } : {};
      const change = { ...wanted, metadata: { ...wanted.metadata, ...versioned } };
      const managers = managersAfterUpdate(api, request, { current, wanted: change, options });
      return { object: change, managers, warnings: [] };
    },
  });
  return answer(scaleOf(object, paths));
}

function storedObject(
  api: ApiContext,
  { served, name = '', namespace }: ResourceRequest,
): KubeObject {
  const key = keyOf(namespace === undefined ? { name } : { name, namespace });
  const stored = api.store.get(served.resource.storageId, key);
  if (stored === undefined) throw notFound(served.resource, name);
  return inVersion(served, stored);
}

function answer(body: JsonObject): ApiAnswer {
  return { kind: 'json', code: 200, body };
}

function scaleOf({ metadata, ...object }: KubeObject, paths: ScalePaths): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const selector =
    paths.labelSelector === undefined ? undefined : valueAt(object, pathParts(paths.labelSelector));
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: valueAt(object, pathParts(paths.specReplicas)) ?? 0 },
    status: {
      replicas: valueAt(object, pathParts(paths.statusReplicas)) ?? 0,
      ...(selector === undefined ? {} : { selector }),
    },
  };
}

function readReplicas({ served, name = '' }: ResourceRequest, scale: JsonObject): number {
  const replicas = objectOr(scale.spec).replicas ?? 0;
  if (typeof replicas === 'number' && Number.isInteger(replicas) && replicas >= 0) return replicas;
  const problem = invalidValue('.spec.replicas', replicas, 'should be a non-negative integer');
  throw invalid(served.resource, name, [problem]);
}

function patcherOf({ body, contentType }: ResourceRequest): (scale: JsonObject) => JsonValue {
  const patch = parseJson(body);
  switch (mediaTypeOf(contentType)) {
    case 'application/json-patch+json':
      return (scale) => jsonPatch(scale, patch);
    case 'application/merge-patch+json':
    case 'application/strategic-merge-patch+json':
      return (scale) => mergePatch(scale, patch);
    default:
      throw unsupportedMediaType(
        'a scale takes application/json-patch+json and application/merge-patch+json',
      );
  }
}

/** Definitions name replicas by plain paths, e.g. `.spec.replicas`. */
function pathParts(path: string): string[] {
  return path.split('.').filter((part) => part !== '');
}

function valueAt(object: JsonObject, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, field) => (isJsonObject(value) ? value[field] : undefined),
    object,
  );
}

function withValue<O extends JsonObject>(object: O, path: readonly string[], value: JsonValue): O {
  const [field, ...rest] = path;
  if (field === undefined) return object;
  const inner = rest.length === 0 ? value : withValue(objectOr(object[field]), rest, value);
  return { ...object, [field]: inner };
}
