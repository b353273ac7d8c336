/** What a stream's message says about itself in its reply subject. */
export interface AckSubject {
  readonly deliveryCount: number;
  readonly streamSequence: number;
  readonly consumerSequence: number;
  readonly timestampMs: number;
  readonly pendingCount: number;
}

const shortTokenCount = 9;
const longTokenCount = 11;

/**
 * `$JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<ns>.<pending>`, or with domain and account
 * hash before the stream and perhaps more at the end. Undefined for anything else.
 */
export function parseAckSubject(subject: string): AckSubject | undefined {
  if (!subject.startsWith('$JS.ACK.')) return undefined;
  const tokens = subject.split('.');
  if (tokens.length !== shortTokenCount && tokens.length < longTokenCount) return undefined;
  const first = tokens.length === shortTokenCount ? 4 : 6;
  const nanoseconds = tokens[first + 3] ?? '';
  const parsed = {
    deliveryCount: Number(tokens[first]),
    streamSequence: Number(tokens[first + 1]),
    consumerSequence: Number(tokens[first + 2]),
    timestampMs: Number(nanoseconds.slice(0, -6)),
    pendingCount: Number(tokens[first + 4]),
  };
  return Number.isSafeInteger(parsed.streamSequence) && parsed.deliveryCount > 0
    ? parsed
    : undefined;
}
