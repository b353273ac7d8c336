import fastJsonPatch, { type Operation } from 'fast-json-patch';
import { ApiError } from '../errors/api-error.ts';
import { badRequest } from '../errors/api-errors.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

const maxOperations = 10_000;

/** RFC 6902. An operation that does not fit the object, `test` included, refuses the whole patch with 422. */
export function jsonPatch(target: JsonObject, operations: JsonValue): JsonValue {
  if (!Array.isArray(operations)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
  }
  if (operations.length > maxOperations) {
    const message = `The allowed maximum operations in a JSON patch is ${maxOperations}, got ${operations.length}`;
    throw new ApiError(413, 'RequestEntityTooLarge', message);
  }
  try {
    const patch = operations as unknown as Operation[];
    return fastJsonPatch.applyPatch(structuredClone(target), patch, true).newDocument;
  } catch {
    const message = 'the server rejected our request due to an error in our request';
    throw new ApiError(422, 'Invalid', message, {});
  }
}
