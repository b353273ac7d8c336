import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/** What is left of the request's body: nothing, all of it but the sender waits for `100 Continue`, or it is coming. */
export type RestOfBody = 'none' | 'unasked' | 'coming';

const allow = ['Allow', 'POST, OPTIONS'] as const;
const plainHeaders = [...allow, 'Content-Length', '0'];
/** How long a sender that was answered early may go on sending before its connection is cut. */
const lingerMs = 5_000;

export function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  rest: RestOfBody,
): void {
  if (rest === 'unasked') response.shouldKeepAlive = false;
  writeAnswer(response, answer);
  if (rest === 'coming') endAfterBody(request, response);
  else response.end();
}

/**
 * The whole answer goes out at once, but the exchange is held open while the sender goes on sending: closing now would
 * reset the connection, and the answer would be lost with it.
 */
function endAfterBody(request: IncomingMessage, response: ServerResponse): void {
  response.flushHeaders();
  const linger = setTimeout(() => request.destroy(), lingerMs);
  const end = () => {
    clearTimeout(linger);
    response.end();
  };
  request.once('end', end).once('close', end).resume();
}

function writeAnswer(response: ServerResponse, answer: Answer): void {
  if (answer.body === undefined && answer.headers === undefined) {
    response.writeHead(answer.code, plainHeaders);
    return;
  }
  const body = answer.body === undefined ? '' : `${JSON.stringify(answer.body)}\n`;
  response.writeHead(answer.code, [
    ...allow,
    ...(answer.headers ?? []),
    ...(body === '' ? [] : ['Content-Type', 'application/json']),
    ...['Content-Length', String(Buffer.byteLength(body))],
  ]);
  if (body !== '') response.write(body);
}
