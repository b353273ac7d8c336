import { bufferOf } from './buffer-of.ts';
import type { ClientMessage } from './client-message.ts';

/** What the server says in the header block of a message that is not a stream's: `NATS/1.0 408 Request Timeout`. */
export interface ServerStatus {
  readonly code: number;
  readonly text: string;
  /** Of the pull request that ended: what it had not been given. */
  readonly pendingCount: number | undefined;
  readonly pendingBytes: number | undefined;
}

/** Undefined for a message that carries no status. */
export function serverStatus(message: ClientMessage): ServerStatus | undefined {
  if (message._msg.hdr <= 0) return undefined;
  const block = bufferOf(message._rdata).toString('latin1', 0, message._msg.hdr);
  const match = /^NATS\/1\.0 +(\d{3}) *([^\r\n]*)/.exec(block);
  if (match === null) return undefined;
  return {
    code: Number(match[1]),
    text: match[2] ?? '',
    pendingCount: numberHeader(block, /\r\nNats-Pending-Messages: *(\d+)/i),
    pendingBytes: numberHeader(block, /\r\nNats-Pending-Bytes: *(\d+)/i),
  };
}

function numberHeader(block: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(block)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
