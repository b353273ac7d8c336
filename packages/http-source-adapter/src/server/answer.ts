import type { OutgoingHttpHeaders } from 'node:http';

/** A complete HTTP response. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

/** An answer without a body. */
export function emptyAnswer(status: number, headers: OutgoingHttpHeaders = {}): Answer {
  return { status, headers: { ...headers, 'content-length': 0 }, body: '' };
}

export function jsonAnswer(
  status: number,
  content: object,
  headers: OutgoingHttpHeaders = {},
): Answer {
  const body = JSON.stringify(content);
  const length = Buffer.byteLength(body);
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json', 'content-length': length },
    body,
  };
}

/** The shape that the application gateway and the event service give to errors of routing. */
export function codeAnswer(code: number, error: string, headers: OutgoingHttpHeaders = {}): Answer {
  return jsonAnswer(code, { code, error }, headers);
}
