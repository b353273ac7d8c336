import { bufferOf } from '../wire/buffer-of.ts';
import type { ClientMessage } from '../wire/client-message.ts';
import { serverStatus } from '../wire/server-status.ts';
import type { PublishOutcome } from './publish-outcome.ts';

/** What the answer to one publish means: the end of it, or that another try is due. */
export type PublishReply =
  | { readonly kind: 'final'; readonly outcome: PublishOutcome }
  /** `lastWord` is the outcome if the deadline comes first. */
  | { readonly kind: 'retry'; readonly lastWord: PublishOutcome };

interface PubAck {
  readonly stream?: string;
  readonly seq?: number;
  readonly duplicate?: boolean;
  readonly error?: { readonly err_code?: number; readonly description?: string };
}

const maxHeaderBytes = 65_535;

/** The server's `err_code`s, by what they mean to a publisher. */
const fullCodes = new Set([10002, 10023, 10028, 10047, 10077]);
const busyCodes = new Set([10167]);
const passingCodes = new Set([10008, 10009, 10118, 10158]);
const messageTooLarge = 10054;
const headersTooLarge = 10097;

/** Reads a PubAck, an API error, or the status of a subject that nobody serves. */
export function publishReply(message: ClientMessage, maxPayloadBytes: number): PublishReply {
  if (message._msg.hdr > 0 && serverStatus(message)?.code === 503) {
    return { kind: 'retry', lastWord: { kind: 'no-stream' } };
  }
  const ack = parse(bufferOf(message._rdata).toString('latin1'));
  if (ack.error !== undefined) return errorReply(ack.error, maxPayloadBytes);
  if (ack.stream === undefined || ack.seq === undefined) return refused('not a PubAck');
  return {
    kind: 'final',
    outcome: {
      kind: 'stored',
      stream: ack.stream,
      sequence: ack.seq,
      isDuplicate: ack.duplicate === true,
    },
  };
}

function errorReply(
  error: { readonly err_code?: number; readonly description?: string },
  maxPayloadBytes: number,
): PublishReply {
  const code = error.err_code ?? 0;
  if (fullCodes.has(code)) return { kind: 'final', outcome: { kind: 'stream-full' } };
  if (busyCodes.has(code)) return final({ kind: 'unavailable', reason: 'overloaded' });
  if (code === messageTooLarge) return final({ kind: 'too-large', limitBytes: maxPayloadBytes });
  if (code === headersTooLarge) return final({ kind: 'too-large', limitBytes: maxHeaderBytes });
  if (passingCodes.has(code)) {
    return { kind: 'retry', lastWord: { kind: 'unavailable', reason: 'deadline' } };
  }
  return refused(`${error.description ?? 'error'} (${code})`);
}

function parse(text: string): PubAck {
  try {
    return JSON.parse(text) as PubAck;
  } catch {
    return {};
  }
}

function refused(detail: string): PublishReply {
  return final({ kind: 'refused', detail });
}

function final(outcome: PublishOutcome): PublishReply {
  return { kind: 'final', outcome };
}
