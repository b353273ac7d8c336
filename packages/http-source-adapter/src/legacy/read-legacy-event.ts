import { isRfc3339Time } from './is-rfc3339-time.ts';
import type { LegacyApi, LegacyEvent } from './legacy-event.ts';
import {
  badPayload,
  emptyPayload,
  fieldRefusedByBus,
  fieldTooLong,
  invalidField,
  missingField,
  type LegacyError,
} from './legacy-error.ts';
import { parseJsonObject, type JsonMembers } from './parse-json-object.ts';

export type ReadLegacyEvent =
  | { readonly kind: 'event'; readonly event: LegacyEvent }
  | { readonly kind: 'refused'; readonly error: LegacyError };

const v1Fields = {
  id: 'event-id',
  type: 'event-type',
  typeVersion: 'event-type-version',
  time: 'event-time',
} as const;

const v2Fields = {
  id: 'id',
  type: 'type',
  typeVersion: 'eventtypeversion',
  time: 'time',
  specVersion: 'specversion',
  dataContentEncoding: 'datacontentencoding',
} as const;

const maxTypeBytes = 253;
const maxTypeVersionBytes = 4;
const typePattern =
  /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/;
const typeVersionPattern = /^[a-zA-Z0-9]+$/;
const idPattern = /^[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}$/;

/** Reads and checks the body of `/v1/events` or `/v2/events`: the first failure in Kyma's order wins. */
export function readLegacyEvent(api: LegacyApi, body: string): ReadLegacyEvent {
  if (body === '') return refused(emptyPayload);
  const parsed = parseJsonObject(body);
  if (parsed.kind === 'malformed') return refused(badPayload(parsed.reason));
  const { members } = parsed;
  const fields = api === 'v1' ? v1Fields : v2Fields;
  const wrongType = Object.values(fields).find((name) => textOf(members, name) === undefined);
  if (wrongType !== undefined) return refused(badPayload(`${wrongType} must be a string`));
  const text = (name: string) => textOf(members, name) ?? '';
  const error =
    (api === 'v1' ? v1Problem(text) : v2Problem(text)) ??
    (hasData(members) ? undefined : missingField('data')) ??
    busProblem(text(fields.type), text(fields.typeVersion), fields.type);
  return error === undefined ? { kind: 'event', event: eventOf(api, members) } : refused(error);
}

type TextOf = (name: string) => string;

/** Checks of the outside face, in its order. The version's pattern is the bus's anchored one at both hops. */
function v1Problem(text: TextOf): LegacyError | undefined {
  const { id, type, typeVersion, time } = v1Fields;
  if (text(type) === '') return missingField(type);
  if (text(typeVersion) === '') return missingField(typeVersion);
  if (!typeVersionPattern.test(text(typeVersion))) return invalidField(typeVersion);
  if (text(time) === '') return missingField(time);
  if (!isRfc3339Time(text(time))) return invalidField(time);
  if (text(id) !== '' && !idPattern.test(text(id))) return invalidField(id);
  return undefined;
}

function v2Problem(text: TextOf): LegacyError | undefined {
  const { id, type, typeVersion, time, specVersion } = v2Fields;
  if (text(id) === '') return missingField(id);
  if (text(type) === '') return missingField(type);
  if (text(typeVersion) === '') return missingField(typeVersion);
  if (!typeVersionPattern.test(text(typeVersion))) return invalidField(typeVersion);
  if (text(time) === '') return missingField(time);
  if (!isRfc3339Time(text(time))) return invalidField(time);
  if (!idPattern.test(text(id))) return invalidField(id);
  if (text(specVersion) !== '0.3') return invalidField(specVersion);
  return undefined;
}

/** What is left for the bus to check. Its errors of length carry the names of v1 in both APIs. */
function busProblem(type: string, typeVersion: string, typeField: string): LegacyError | undefined {
  if (Buffer.byteLength(type) > maxTypeBytes) return fieldTooLong(v1Fields.type, maxTypeBytes);
  if (Buffer.byteLength(typeVersion) > maxTypeVersionBytes) {
    return fieldTooLong(v1Fields.typeVersion, maxTypeVersionBytes);
  }
  return typePattern.test(type) ? undefined : fieldRefusedByBus(typeField);
}

/** Absent and `null` are the empty text, as in Go; undefined for a value that is no string. */
function textOf(members: JsonMembers, name: string): string | undefined {
  const value: unknown = JSON.parse(members.get(name) ?? 'null');
  if (value === null) return '';
  return typeof value === 'string' ? value : undefined;
}

function hasData(members: JsonMembers): boolean {
  return !['null', '""'].includes(members.get('data') ?? 'null');
}

function eventOf(api: LegacyApi, members: JsonMembers): LegacyEvent {
  const fields = api === 'v1' ? v1Fields : v2Fields;
  const text = (name: string) => textOf(members, name) ?? '';
  const encoding = api === 'v2' ? text(v2Fields.dataContentEncoding) : '';
  return {
    type: text(fields.type),
    typeVersion: text(fields.typeVersion),
    id: text(fields.id) || undefined,
    time: text(fields.time),
    data: members.get('data') ?? 'null',
    dataContentEncoding: encoding.toLowerCase() === 'base64' ? encoding : undefined,
  };
}

function refused(error: LegacyError): ReadLegacyEvent {
  return { kind: 'refused', error };
}
