/** Fields of a protobuf message; an undefined value is a field that is left out. */
export function textField(number: number, value: unknown): Buffer {
  return typeof value === 'string' ? bytesField(number, Buffer.from(value)) : nothing;
}

export function flagField(number: number, value: unknown): Buffer {
  return value === true ? Buffer.concat([tag(number, 0), varint(1n)]) : nothing;
}

export function integerField(number: number, value: unknown): Buffer {
  if (typeof value !== 'number') return nothing;
  return Buffer.concat([tag(number, 0), varint(BigInt.asUintN(64, BigInt(Math.trunc(value))))]);
}

export function doubleField(number: number, value: unknown): Buffer {
  if (typeof value !== 'number') return nothing;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([tag(number, 1), bytes]);
}

export function messageField(number: number, fields: readonly Buffer[]): Buffer {
  return bytesField(number, Buffer.concat(fields));
}

const nothing = Buffer.alloc(0);

function bytesField(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([tag(number, 2), varint(BigInt(bytes.length)), bytes]);
}

function tag(number: number, wireType: 0 | 1 | 2): Buffer {
  return varint(BigInt((number << 3) | wireType));
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
}
