import assert from 'node:assert/strict';
import { bufferOf } from './buffer-of.ts';

const firstLine = 'NATS/1.0';
const legalName = /^(?!nats-)[!-9;-~]+$/i;
const illegalValue = /[\r\n\u0100-\uffff]/;

/**
 * The header block of one message, latin1: bytes in are bytes out. A `Nats-*` name would be an order to the server, a
 * line break one header more: whoever lets them come this far has a hole, so both are broken invariants.
 */
export function encodeHeaderBlock(headers: readonly string[], messageId: string): Buffer {
  let block = `${firstLine}\r\nNats-Msg-Id: ${checkedValue(messageId)}\r\n`;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (!legalName.test(name)) assert.fail(`Header name "${name}" must not reach the server`);
    block += `${name}: ${checkedValue(headers[index + 1])}\r\n`;
  }
  return Buffer.from(`${block}\r\n`, 'latin1');
}

/** Name, value, name, value … exactly as `encodeHeaderBlock` got them; what the server added is left out. */
export function decodeHeaderBlock(block: Uint8Array): string[] {
  const text = bufferOf(block).toString('latin1');
  const headers: string[] = [];
  let lineEnd = text.indexOf('\r\n');
  while (lineEnd >= 0) {
    const start = lineEnd + 2;
    lineEnd = text.indexOf('\r\n', start);
    if (lineEnd > start) appendHeader(headers, text, start, lineEnd);
  }
  return headers;
}

function appendHeader(headers: string[], text: string, start: number, end: number): void {
  const colon = text.indexOf(':', start);
  if (colon < 0 || colon >= end) return;
  const name = text.slice(start, colon);
  if (/^nats-/i.test(name)) return;
  const valueStart = text.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1;
  headers.push(name, text.slice(valueStart, end));
}

function checkedValue(value: string | undefined): string {
  if (value === undefined || illegalValue.test(value)) {
    assert.fail(`Header value ${JSON.stringify(value)} is not a byte string of one line`);
  }
  return value;
}
