import { parseDocument, type Document } from 'yaml';
import { ApiError } from '../errors/api-error.ts';
import { badRequest, unsupportedMediaType } from '../errors/api-errors.ts';
import { duplicateFields } from '../json/duplicate-fields.ts';
import { hasPrototypeKey } from '../json/has-prototype-key.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { decodeEnvelope } from '../protobuf/decode-envelope.ts';

export interface DecodedBody {
  readonly object: JsonObject;
  /** What strict validation would refuse about the text: fields that stand twice. */
  readonly complaints: string[];
}

/** The object in a request's body: JSON, YAML, or protobuf for the kinds that clients send so. */
export function decodeBody(body: Buffer, contentType: string): DecodedBody {
  switch (mediaTypeOf(contentType)) {
    case '':
    case 'application/json':
      return decodeJson(body);
    case 'application/yaml':
    case 'application/x-yaml':
      return decodeYaml(body);
    case 'application/vnd.kubernetes.protobuf':
      return { object: decodeProtobuf(body), complaints: [] };
    default:
      throw unsupportedMediaType(
        'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
      );
  }
}

export function mediaTypeOf(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

export function parseJson(body: Buffer): JsonValue {
  const text = body.toString('utf8');
  try {
    return withoutPrototypeKeys(text, JSON.parse(text) as JsonValue);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw badRequest(
      `the object provided is unrecognized (must be of type JSON): ${(error as Error).message}`,
    );
  }
}

function withoutPrototypeKeys(text: string, value: JsonValue): JsonValue {
  if (!text.includes('__proto__') || !hasPrototypeKey(value)) return value;
  throw badRequest('a field may not be called __proto__');
}

function decodeJson(body: Buffer): DecodedBody {
  const object = asObject(parseJson(body));
  const complaints = duplicateFields(body.toString('utf8')).map(
    (path) => `duplicate field ${JSON.stringify(path)}`,
  );
  return { object, complaints };
}

/** YAML, which JSON is too. */
export function decodeYaml(body: Buffer): DecodedBody {
  const text = body.toString('utf8');
  if (text.trimStart().startsWith('{')) return decodeJson(body);
  const document = parseDocument(text, { uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) throw badRequest(`error decoding YAML: ${error.message}`);
  const duplicates = parseDocument(text).errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  const complaints = duplicates.map(
    ({ linePos }) => `yaml: line ${linePos?.[0].line ?? 0}: key already set in map`,
  );
  const value = unfolded(document);
  return { object: asObject(withoutPrototypeKeys(text, value)), complaints };
}

/** Aliases beyond a hundred are taken for an attempt to exhaust the memory. */
function unfolded(document: Document.Parsed): JsonValue {
  try {
    return document.toJS({ maxAliasCount: 100 }) as JsonValue;
  } catch (error) {
    throw badRequest(`error decoding YAML: ${(error as Error).message}`);
  }
}

function asObject(value: JsonValue): JsonObject {
  if (!isJsonObject(value)) throw badRequest('the body of the request is not an object');
  return value;
}

function decodeProtobuf(body: Buffer): JsonObject {
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
