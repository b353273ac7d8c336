import type { ServerResponse } from 'node:http';
import type { ApiError } from '../errors/api-error.ts';
import type { RenderedAnswer } from './render-answer.ts';

export function sendAnswer(
  response: ServerResponse,
  { code, contentType, body }: RenderedAnswer,
): void {
  response
    .writeHead(code, {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-cache, private',
    })
    .end(body);
}

/** A refusal as a Status; one without details is for a path that the API does not know, and plain text. */
export function sendRefusal(response: ServerResponse, error: ApiError): void {
  const { retryAfterSeconds } = error.details ?? {};
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
  if (error.httpCode === 413) response.setHeader('connection', 'close');
  const isPlain = error.details === undefined && error.code === 'NotFound';
  sendAnswer(response, {
    code: error.httpCode,
    contentType: isPlain ? 'text/plain; charset=utf-8' : 'application/json',
    body: isPlain ? `${error.message}\n` : `${JSON.stringify(error.toStatus())}\n`,
  });
}

/** Warnings that kubectl prints; they stand on refusals too. */
export function warn(response: ServerResponse, texts: readonly string[]): void {
  for (const text of texts) response.appendHeader('warning', `299 - ${quoted(text)}`);
}

/** Header text is ASCII in quotes. */
function quoted(text: string): string {
  return `"${text.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/["\\]/g, '\\$&')}"`;
}
