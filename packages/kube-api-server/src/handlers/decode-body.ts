import { parse } from 'yaml';
import { badRequest, unsupportedMediaType } from '../errors/api-errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { decodeEnvelope } from '../protobuf/decode-envelope.ts';

/** The object in a request's body: JSON or YAML. */
export function decodeBody(body: Buffer, contentType: string): JsonObject {
  const value = decodeValue(body, contentType);
  if (!isJsonObject(value)) throw badRequest('the body of the request is not an object');
  return value;
}

function decodeValue(body: Buffer, contentType: string): JsonValue {
  const mediaType = mediaTypeOf(contentType);
  switch (mediaType) {
    case '':
    case 'application/json':
      return parseJson(body);
    case 'application/yaml':
    case 'application/x-yaml':
      return parseYaml(body);
    case 'application/vnd.kubernetes.protobuf':
      return parseProtobuf(body);
    default:
      throw unsupportedMediaType(
        `the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf`,
      );
  }
}

export function mediaTypeOf(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

export function parseJson(body: Buffer): JsonValue {
  try {
    return JSON.parse(body.toString('utf8')) as JsonValue;
  } catch (error) {
    throw badRequest(
      `the object provided is unrecognized (must be JSON): ${(error as Error).message}`,
    );
  }
}

export function parseYaml(body: Buffer): JsonValue {
  try {
    return parse(body.toString('utf8'), { maxAliasCount: 100 }) as JsonValue;
  } catch (error) {
    throw badRequest(`error decoding YAML: ${(error as Error).message}`);
  }
}

function parseProtobuf(body: Buffer): JsonValue {
  const decoded = decodeEnvelope(body);
  switch (decoded.kind) {
    case 'decoded':
      return decoded.object;
    case 'unknown-kind':
      throw unsupportedMediaType(
        `the server reads ${decoded.name} as JSON or YAML only, not as protobuf`,
      );
    case 'malformed':
      throw badRequest('the body of the request is not a Kubernetes protobuf message');
  }
}
