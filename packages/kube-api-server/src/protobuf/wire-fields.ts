/** One field of a protobuf message as it stands on the wire. */
export type WireField =
  | { readonly number: number; readonly kind: 'integer'; readonly integer: bigint }
  | { readonly number: number; readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly number: number; readonly kind: 'fixed' };

/** Fields of a message in order; undefined when the bytes are not a message. */
export function wireFields(message: Buffer): WireField[] | undefined {
  const fields: WireField[] = [];
  const cursor = { message, at: 0 };
  while (cursor.at < message.length) {
    const field = readField(cursor);
    if (field === undefined) return undefined;
    fields.push(field);
  }
  return fields;
}

interface Cursor {
  readonly message: Buffer;
  at: number;
}

function readField(cursor: Cursor): WireField | undefined {
  const tag = readVarint(cursor);
  if (tag === undefined) return undefined;
  const number = Number(tag >> 3n);
  switch (Number(tag & 7n)) {
    case 0: {
      const integer = readVarint(cursor);
      return integer === undefined ? undefined : { number, kind: 'integer', integer };
    }
    case 1:
      return skip(cursor, 8) ? { number, kind: 'fixed' } : undefined;
    case 2: {
      const length = readVarint(cursor);
      if (length === undefined) return undefined;
      const start = cursor.at;
      if (!skip(cursor, Number(length))) return undefined;
      return { number, kind: 'bytes', bytes: cursor.message.subarray(start, cursor.at) };
    }
    case 5:
      return skip(cursor, 4) ? { number, kind: 'fixed' } : undefined;
    default:
      return undefined;
  }
}

function skip(cursor: Cursor, count: number): boolean {
  cursor.at += count;
  return cursor.at <= cursor.message.length;
}

const maxVarintBytes = 10;

function readVarint(cursor: Cursor): bigint | undefined {
  let value = 0n;
  for (let index = 0; index < maxVarintBytes; index += 1) {
    const byte = cursor.message[cursor.at];
    if (byte === undefined) return undefined;
    cursor.at += 1;
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) return value;
  }
  return undefined;
}
