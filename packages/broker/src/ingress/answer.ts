/** What the ingress says to a sender. */
export interface Answer {
  readonly code: number;
  /** Beside the headers of every answer; a flat list. */
  readonly headers?: readonly string[];
  /** Sent as JSON. */
  readonly body?: object;
}

/** Seconds that a refused sender is asked to wait. */
const retryAfterSeconds = 1;

export function unavailable(reason: string): Answer {
  return {
    code: 503,
    headers: ['Retry-After', String(retryAfterSeconds)],
    body: { error: reason },
  };
}

export function tooLarge(limitBytes: number): Answer {
  return { code: 413, body: { error: `an event may have ${limitBytes} bytes` } };
}
