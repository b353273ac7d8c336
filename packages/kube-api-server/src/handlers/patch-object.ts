import { admitFields, type AdmittedFields } from '../admission/admit-fields.ts';
import { badRequest, invalid, unsupportedMediaType } from '../errors/api-errors.ts';
import { forbiddenField, invalidValue } from '../errors/field-problems.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { jsonPatch } from '../patch/json-patch.ts';
import { mergePatch } from '../patch/merge-patch.ts';
import { strategicMerge } from '../patch/strategic-merge.ts';
import { objectSchema } from '../schema/object-schema.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { applyObject } from './apply-object.ts';
import { changeObject } from './change-object.ts';
import { mediaTypeOf, parseJson } from './decode-body.ts';
import { managersAfterUpdate } from './managers-of.ts';
import { fitToPath } from './fit-to-path.ts';
import type { ResourceRequest } from './resource-request.ts';
import { readWriteOptions, type WriteOptions } from './write-options.ts';

/** PATCH in one of its four media types. */
export async function patchObject(api: ApiContext, request: ResourceRequest): Promise<ApiAnswer> {
  const mediaType = mediaTypeOf(request.contentType);
  if (mediaType === 'application/apply-patch+yaml') return applyObject(api, request);
  const { served } = request;
  const options = readWriteOptions(request.query, request.userAgent);
  if (options.force) {
    const problem = forbiddenField('force', 'may not be specified for non-apply patch');
    throw invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', [problem]);
  }
  const patch = patcherOf(request, mediaType);
  const { object, warnings } = await changeObject(api, request, {
    isDryRun: options.isDryRun,
    want: (current) => {
      const patched = fitToPath(patch(current), request);
      const admitted = admitPatched(patched, request, options);
      const managers = managersAfterUpdate(api, request, {
        current,
        wanted: admitted.object,
        options,
      });
      return { ...admitted, managers };
    },
  });
  return { kind: 'object', code: 200, served, object, warnings };
}

/** What strict validation refuses about the patched object is called a wrong patch. */
function admitPatched(
  patched: JsonObject,
  { served }: ResourceRequest,
  { fieldValidation }: WriteOptions,
): AdmittedFields {
  const admitted = admitFields(patched, served, {
    fieldValidation: fieldValidation === 'Strict' ? 'Warn' : fieldValidation,
  });
  if (fieldValidation !== 'Strict' || admitted.warnings.length === 0) return admitted;
  const text = `strict decoding error: ${admitted.warnings.join(', ')}`;
  throw invalid({ group: '', kind: '' }, '', [invalidValue('patch', canonicalJson(patched), text)]);
}

type Patcher = (current: KubeObject) => JsonObject;

function patcherOf({ served, body }: ResourceRequest, mediaType: string): Patcher {
  switch (mediaType) {
    case 'application/json-patch+json': {
      const operations = parseJson(body);
      return (current) => patchedObject(jsonPatch(current, operations));
    }
    case 'application/merge-patch+json': {
      const patch = parsePatch(body);
      return (current) => patchedObject(mergePatch(current, patch));
    }
    case 'application/strategic-merge-patch+json': {
      if (served.resource.isCustom) break;
      const patch = parsePatch(body);
      const schema = objectSchema(served.version.schema);
      return (current) => patchedObject(strategicMerge(current, patch, schema) ?? null);
    }
  }
  const types = ['application/json-patch+json', 'application/merge-patch+json'];
  if (!served.resource.isCustom) types.push('application/strategic-merge-patch+json');
  types.push('application/apply-patch+yaml');
  throw unsupportedMediaType(
    `the body of the request was in an unknown format - accepted media types include: ${types.join(', ')}`,
  );
}

function parsePatch(body: Buffer): JsonObject {
  const patch = parseJson(body);
  if (!isJsonObject(patch)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    );
  }
  return patch;
}

function patchedObject(value: JsonValue): JsonObject {
  if (!isJsonObject(value)) throw badRequest('the patched value is not an object');
  return value;
}
