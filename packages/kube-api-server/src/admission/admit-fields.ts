import { badRequest } from '../errors/api-errors.ts';
import type { FieldValidation } from '../handlers/write-options.ts';
import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { withoutEmptyMetadata, type KubeObject } from '../object/kube-object.ts';
import type { ServedResource } from '../registry/resource.ts';
import { applyDefaults } from '../schema/apply-defaults.ts';
import { compileValidator } from '../schema/compile-validator.ts';
import { decodingProblem } from '../schema/decoding-problem.ts';
import { metadataSchema } from '../schema/metadata-schema.ts';
import { objectSchema } from '../schema/object-schema.ts';
import { pruneUnknown } from '../schema/prune-unknown.ts';
import { withoutEmpty } from '../schema/without-empty.ts';
import { withoutNulls } from '../schema/without-nulls.ts';

export interface AdmittedFields {
  readonly object: KubeObject;
  readonly warnings: string[];
}

export interface AdmitOptions {
  readonly fieldValidation: FieldValidation;
  /** What the decoder found that strict validation refuses. */
  readonly complaints?: readonly string[];
  /** An apply configuration is kept as it is written; it is completed and checked after the merge. */
  readonly isConfiguration?: boolean;
}

/** Body of a write → an object of its kind: known fields only, defaults filled in, types that can be decoded. */
export function admitFields(
  body: JsonObject,
  served: ServedResource,
  { fieldValidation, complaints = [], isConfiguration = false }: AdmitOptions,
): AdmittedFields {
  const schema = objectSchema(served.version.schema);
  const cleared = isConfiguration ? body : decoded(body, served);
  const { value, unknownFields } = pruneUnknown(cleared, schema);
  const unknown = unknownFields.map((path) => `unknown field ${JSON.stringify(path)}`);
  const all = [...complaints, ...unknown];
  if (all.length > 0 && fieldValidation === 'Strict') {
    throw undecodable(served, `strict decoding error: ${all.join(', ')}`);
  }
  if (!isConfiguration) assertDecodable(value, served);
  const object = value as KubeObject;
  return {
    object: isConfiguration ? object : withDefaults(withoutEmptyMetadata(object), served),
    warnings: fieldValidation === 'Warn' ? all : [],
  };
}

/** Defaults of the schema, then those that only the kind itself knows. */
export function withDefaults(
  object: KubeObject,
  { resource, version }: ServedResource,
): KubeObject {
  const filled = applyDefaults(object, objectSchema(version.schema));
  return resource.strategy.setDefaults?.(filled) ?? filled;
}

/** A null or an empty collection often means an absent field; custom and built-in kinds differ in when. */
function decoded(body: JsonObject, { resource, version }: ServedResource): JsonObject {
  const schema = objectSchema(version.schema);
  return resource.isCustom ? withoutNulls(body, schema) : withoutEmpty(body, schema);
}

function undecodable({ resource, version }: ServedResource, detail: string): Error {
  const { kind } = resource;
  const name = JSON.stringify(version.name);
  return badRequest(`${kind} in version ${name} cannot be handled as a ${kind}: ${detail}`);
}

/** Metadata of every kind, and the whole of a built-in one, have types that decoding itself demands. */
function assertDecodable(object: JsonObject, served: ServedResource): void {
  const { metadata } = object;
  if (!isJsonObject(metadata)) throw undecodable(served, 'metadata must be an object');
  const { kind, isCustom } = served.resource;
  const [value, schema, root] = isCustom
    ? [metadata, metadataSchema, 'ObjectMeta']
    : [object, objectSchema(served.version.schema), kind];
  const problem = compileValidator(schema)(value).find(
    ({ reason, keyword }) => reason === 'FieldValueTypeInvalid' || keyword === 'format',
  );
  if (problem === undefined) return;
  throw undecodable(served, decodingProblem(problem, { value, schema, root }));
}
