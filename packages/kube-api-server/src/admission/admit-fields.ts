import { badRequest } from '../errors/api-errors.ts';
import type { FieldValidation } from '../handlers/write-options.ts';
import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { ServedResource } from '../registry/resource.ts';
import { applyDefaults } from '../schema/apply-defaults.ts';
import { compileValidator } from '../schema/compile-validator.ts';
import { dropNulls } from '../schema/drop-nulls.ts';
import { metadataSchema } from '../schema/metadata-schema.ts';
import { objectSchema } from '../schema/object-schema.ts';
import { pruneUnknown } from '../schema/prune-unknown.ts';

export interface AdmittedFields {
  readonly object: KubeObject;
  readonly warnings: string[];
}

/** Body of a write → an object of its kind: known fields only, defaults filled in, metadata of the right types. */
export function admitFields(
  body: JsonObject,
  served: ServedResource,
  fieldValidation: FieldValidation,
  { hasDefaults }: { hasDefaults: boolean } = { hasDefaults: true },
): AdmittedFields {
  const schema = objectSchema(served.version.schema);
  const cleared = served.resource.isCustom ? body : dropNulls(body);
  const { value, unknownFields } = pruneUnknown(cleared, schema);
  const complaints = unknownFields.map((path) => `unknown field ${JSON.stringify(path)}`);
  if (complaints.length > 0 && fieldValidation === 'Strict') throw strictError(served, complaints);
  assertMetadataTypes(value, served);
  return {
    object: (hasDefaults ? applyDefaults(value, schema) : value) as KubeObject,
    warnings: fieldValidation === 'Warn' ? complaints : [],
  };
}

function strictError({ resource, version }: ServedResource, complaints: string[]): Error {
  const { kind } = resource;
  const texts = complaints.join(', ');
  return badRequest(
    `${kind} in version ${JSON.stringify(version.name)} cannot be handled as a ${kind}: strict decoding error: ${texts}`,
  );
}

function assertMetadataTypes(value: JsonObject, { resource, version }: ServedResource): void {
  const { metadata } = value;
  const problems = isJsonObject(metadata)
    ? compileValidator(metadataSchema)(metadata)
    : [{ field: '', message: 'metadata must be an object' }];
  const [problem] = problems;
  if (problem === undefined) return;
  const where = problem.field === '' ? 'metadata' : `metadata.${problem.field}`;
  throw badRequest(
    `${resource.kind} in version ${JSON.stringify(version.name)} cannot be handled as a ${resource.kind}: json: cannot unmarshal ${where}: ${problem.message}`,
  );
}
