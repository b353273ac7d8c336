import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { isPrintableAscii } from './is-printable-ascii.ts';

/** The text that a header's bytes are in UTF-8; undefined when they are not UTF-8. */
export function decodeHeaderValue(bytes: string): string | undefined {
  if (isPrintableAscii(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? buffer.toString('utf8') : undefined;
}

/** Invariant: no value ends a header, whoever made the event; a tab is the one control character that HTTP allows. */
export function encodeHeaderValue(text: string): string {
  if (isPrintableAscii(text)) return text;
  assert(!/[\0-\x08\x0a-\x1f\x7f]/.test(text), 'an attribute must not have control characters');
  return Buffer.from(text, 'utf8').toString('latin1');
}
