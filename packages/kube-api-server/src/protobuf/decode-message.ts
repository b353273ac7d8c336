import {
  isJsonObject,
  listOr,
  objectOr,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts';
import type { FieldType, MessageType } from './message-type.ts';
import { wireFields, type WireField } from './wire-fields.ts';

/** A message as the JSON that its kind has; undefined when the bytes are not such a message. */
export function decodeMessage(bytes: Buffer, type: MessageType): JsonObject | undefined {
  const fields = wireFields(bytes);
  if (fields === undefined) return undefined;
  const object: JsonObject = {};
  for (const field of fields) {
    const [name, fieldType] = type[field.number] ?? [];
    if (name === undefined || fieldType === undefined) continue;
    const value = merged(object[name], field, fieldType);
    if (value !== undefined) object[name] = value;
  }
  return object;
}

/** Repeated fields and entries of maps come one by one. */
function merged(
  present: JsonValue | undefined,
  field: WireField,
  type: FieldType,
): JsonValue | undefined {
  if (typeof type === 'object' && 'list' in type) {
    const item = decodeValue(field, type.list) ?? emptyOf(type.list);
    return item === undefined ? present : [...listOr(present), item];
  }
  if (typeof type === 'object' && 'map' in type) {
    const { key, value } = entryOf(field, type.map);
    return { ...objectOr(present), [key]: value };
  }
  return decodeValue(field, type);
}

function entryOf(field: WireField, type: FieldType): { key: string; value: JsonValue } {
  const parts = field.kind === 'bytes' ? (wireFields(field.bytes) ?? []) : [];
  const keyPart = parts.find(({ number }) => number === 1);
  const valuePart = parts.find(({ number }) => number === 2);
  const key = keyPart?.kind === 'bytes' ? keyPart.bytes.toString() : '';
  const value = valuePart === undefined ? undefined : decodeValue(valuePart, type);
  return { key, value: value ?? '' };
}

function decodeValue(field: WireField, type: FieldType): JsonValue | undefined {
  if (field.kind === 'integer') return integerValue(field.integer, type);
  return field.kind === 'bytes' ? bytesValue(field.bytes, type) : undefined;
}

function integerValue(integer: bigint, type: FieldType): JsonValue | undefined {
  switch (type) {
    case 'int':
      return integer === 0n ? undefined : Number(BigInt.asIntN(64, integer));
    case 'int?':
      return Number(BigInt.asIntN(64, integer));
    case 'flag':
      return integer === 0n ? undefined : true;
    case 'flag?':
      return integer !== 0n;
    default:
      return undefined;
  }
}

function bytesValue(bytes: Buffer, type: FieldType): JsonValue | undefined {
  if (typeof type === 'object') {
    const inner = 'message' in type ? decodeMessage(bytes, type.message) : undefined;
    return inner === undefined || Object.keys(inner).length === 0 ? undefined : inner;
  }
  switch (type) {
    case 'text':
      return bytes.length === 0 ? undefined : bytes.toString();
    case 'base64':
      return bytes.toString('base64');
    case 'time':
      return momentOf(bytes, 0);
    case 'microTime':
      return momentOf(bytes, 6);
    case 'json':
      return rawJson(bytes);
    case 'intOrText':
      return intOrText(bytes);
    default:
      return undefined;
  }
}

function emptyOf(type: FieldType): JsonValue | undefined {
  if (type === 'text') return '';
  return typeof type === 'object' ? {} : undefined;
}

/** RFC 3339 of seconds and nanoseconds since 1970; the zero time is an empty message. */
function momentOf(bytes: Buffer, fractionDigits: 0 | 6): string | undefined {
  const { seconds = 0, nanos = 0 } = numbersOf(bytes, { 1: 'seconds', 2: 'nanos' });
  if (bytes.length === 0) return undefined;
  const second = new Date(seconds * 1000).toISOString().slice(0, 19);
  if (fractionDigits === 0) return `${second}Z`;
  return `${second}.${String(Math.trunc(nanos / 1000)).padStart(6, '0')}Z`;
}

function numbersOf<N extends string>(
  bytes: Buffer,
  names: Readonly<Record<number, N>>,
): Partial<Record<N, number>> {
  const numbers: Partial<Record<N, number>> = {};
  for (const field of wireFields(bytes) ?? []) {
    const name = names[field.number];
    if (name === undefined || field.kind !== 'integer') continue;
    numbers[name] = Number(BigInt.asIntN(64, field.integer));
  }
  return numbers;
}

function rawJson(bytes: Buffer): JsonValue | undefined {
  const raw = (wireFields(bytes) ?? []).find(({ number }) => number === 1);
  if (raw?.kind !== 'bytes') return undefined;
  try {
    const value = JSON.parse(raw.bytes.toString()) as JsonValue;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function intOrText(bytes: Buffer): JsonValue | undefined {
  const { type = 0, int = 0 } = numbersOf(bytes, { 1: 'type', 2: 'int' });
  if (type === 0) return int === 0 ? undefined : int;
  const text = (wireFields(bytes) ?? []).find(({ number }) => number === 3);
  return text?.kind === 'bytes' ? text.bytes.toString() : undefined;
}
