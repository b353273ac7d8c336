import { shown, type JsonObject } from '../json/json-value.ts';
import { decodeMessage } from './decode-message.ts';
import type { MessageType } from './message-type.ts';
import { messageTypes } from './message-types.ts';
import { wireFields } from './wire-fields.ts';

export type DecodedEnvelope =
  | { readonly kind: 'decoded'; readonly object: JsonObject }
  | { readonly kind: 'unknown-kind'; readonly name: string }
  | { readonly kind: 'malformed' };

const magic = Buffer.from('k8s\0');
const typeMeta: MessageType = { 1: ['apiVersion', 'text'], 2: ['kind', 'text'] };

/** A body of `application/vnd.kubernetes.protobuf`: four magic bytes, then runtime.Unknown. */
export function decodeEnvelope(body: Buffer): DecodedEnvelope {
  if (!body.subarray(0, magic.length).equals(magic)) return { kind: 'malformed' };
  const fields = wireFields(body.subarray(magic.length));
  const [type, raw] = [1, 2].map((number) => {
    const field = fields?.find((each) => each.number === number);
    return field?.kind === 'bytes' ? field.bytes : Buffer.alloc(0);
  });
  const named = type === undefined ? undefined : decodeMessage(type, typeMeta);
  if (fields === undefined || named === undefined || raw === undefined)
    return { kind: 'malformed' };
  const name = `${shown(named.apiVersion)}/${shown(named.kind)}`;
  const messageType = messageTypes.get(named.kind === 'DeleteOptions' ? 'v1/DeleteOptions' : name);
  if (messageType === undefined) return { kind: 'unknown-kind', name };
  const object = decodeMessage(raw, messageType);
  return object === undefined
    ? { kind: 'malformed' }
    : { kind: 'decoded', object: { ...named, ...object } };
}
