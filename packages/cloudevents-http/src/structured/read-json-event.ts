import type { CloudEvent } from '../cloud-event.ts';
import { isRefusal, refuse, type Refusal } from '../refusal.ts';
import { validateAttributes } from '../validation/validate-attributes.ts';
import { attributeText } from './attribute-text.ts';
import { jsonMembers, type JsonMember } from './json-scanner.ts';
import { readData } from './read-data.ts';

/** One event of a document: its value, and where that begins among the bytes. */
export interface JsonEvent {
  readonly value: unknown;
  readonly bytes: Buffer;
  readonly start: number;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads an event in the JSON format; its `data` keeps the bytes it was sent with. */
export function readJsonEvent({ value, bytes, start }: JsonEvent): CloudEvent | Refusal {
  if (!isJsonObject(value)) return refuse('body', 'must be a JSON object');
  const members = jsonMembers(bytes, start);
  const names = Object.keys(value);
  if (members.length !== names.length) return refuseDuplicate(bytes, members);
  const attributes = readAttributes(value, names);
  if (isRefusal(attributes)) return attributes;
  const refusal = validateAttributes(attributes);
  if (refusal !== undefined) return refusal;
  const jsonBytes = () => bytesOfData(bytes, members);
  const data = readData({ data: value.data, base64: value.data_base64, jsonBytes }, attributes);
  return isRefusal(data) ? data : { attributes, data: data.bytes };
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parser keeps one of two members with the same name, so it counts fewer than there are. */
function refuseDuplicate(bytes: Buffer, members: readonly JsonMember[]): Refusal {
  const names = members.map((member) => nameOf(bytes, member));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return refuse(twice ?? 'body', 'must not be given twice');
}

function readAttributes(
  event: JsonObject,
  names: readonly string[],
): Map<string, string> | Refusal {
  const attributes = new Map<string, string>();
  for (const name of names) {
    if (isDataMember(name, event)) continue;
    const text = attributeText(name, event[name]);
    if (text === undefined) continue;
    if (typeof text !== 'string') return refuse(name, text.rule);
    attributes.set(name, text);
  }
  return attributes;
}

/** Version 0.3 has no `data_base64`. */
function isDataMember(name: string, { specversion }: JsonObject): boolean {
  return name === 'data' || (name === 'data_base64' && specversion !== '0.3');
}

function bytesOfData(bytes: Buffer, members: readonly JsonMember[]): Buffer {
  const data = members.find((member) => isNamedData(bytes, member));
  return bytes.subarray(data?.valueStart, data?.valueEnd);
}

/** Each letter can be an escape, which is five bytes longer: names of other lengths need not be read. */
function isNamedData(bytes: Buffer, member: JsonMember): boolean {
  const first = bytes[member.nameStart + 1];
  if (first !== letterD && first !== backslash) return false;
  const extraLength = member.nameEnd - member.nameStart - '"data"'.length;
  return extraLength % 5 === 0 && nameOf(bytes, member) === 'data';
}

const letterD = 0x64;
const backslash = 0x5c;

function nameOf(bytes: Buffer, { nameStart, nameEnd }: JsonMember): string {
  return JSON.parse(bytes.toString('utf8', nameStart, nameEnd)) as string;
}
