/**
 * Finds where the parts of a JSON text stand. Invariant: the bytes were parsed before, so they are valid JSON, and
 * nothing is checked here again.
 */
const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Where a member stands: a start is its first byte, an end the one after its last. */
export interface JsonMember {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** The members of the object that begins at `start`, duplicates included. */
export function jsonMembers(bytes: Buffer, start: number): JsonMember[] {
  const members: JsonMember[] = [];
  let nameStart = skipSpace(bytes, skipSpace(bytes, start) + 1);
  while (bytes[nameStart] !== closeBrace) {
    const nameEnd = skipString(bytes, nameStart);
    const valueStart = skipSpace(bytes, skipSpace(bytes, nameEnd) + 1);
    const valueEnd = skipValue(bytes, valueStart);
    members.push({ nameStart, nameEnd, valueStart, valueEnd });
    nameStart = skipSeparator(bytes, valueEnd);
  }
  return members;
}

/** Where each element of the array that begins at `start` begins. */
export function jsonElementStarts(bytes: Buffer, start: number): number[] {
  const starts: number[] = [];
  let at = skipSpace(bytes, skipSpace(bytes, start) + 1);
  while (bytes[at] !== closeBracket) {
    starts.push(at);
    at = skipSeparator(bytes, skipValue(bytes, at));
  }
  return starts;
}

function skipSpace(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && isSpace(bytes[at])) at += 1;
  return at;
}

function isSpace(byte = quote): boolean {
  return byte <= 0x20;
}

/** To the next member or element, or to the end of their list. */
function skipSeparator(bytes: Buffer, start: number): number {
  const at = skipSpace(bytes, start);
  return bytes[at] === comma ? skipSpace(bytes, at + 1) : at;
}

function skipValue(bytes: Buffer, start: number): number {
  const first = bytes[start];
  if (first === quote) return skipString(bytes, start);
  if (first === openBrace || first === openBracket) return skipNested(bytes, start);
  let at = start;
  while (at < bytes.length && !isValueEnd(bytes[at])) at += 1;
  return at;
}

function isValueEnd(byte: number | undefined): boolean {
  return isSpace(byte) || byte === comma || byte === closeBrace || byte === closeBracket;
}

function skipNested(bytes: Buffer, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const byte = bytes[at];
    if (byte === quote) {
      at = skipString(bytes, at);
      continue;
    }
    if (byte === openBrace || byte === openBracket) depth += 1;
    else if (byte === closeBrace || byte === closeBracket) depth -= 1;
    at += 1;
  } while (depth > 0);
  return at;
}

function skipString(bytes: Buffer, start: number): number {
  let at = start + 1;
  for (;;) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    at += byte === backslash ? 2 : 1;
  }
}
