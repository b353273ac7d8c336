import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { JsonObject } from '../json/json-value.ts';
import type { ServerAccess } from '../kubeconfig-for.ts';

export interface ApiCall {
  readonly method: 'GET' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: JsonObject;
  readonly contentType?: string;
  readonly signal: AbortSignal;
}

export interface ApiReply {
  readonly code: number;
  readonly body: JsonObject;
}

/** One request to a server of the Kubernetes API. */
export async function callApi(server: ServerAccess, call: ApiCall): Promise<ApiReply> {
  const url = new URL(call.path, server.url);
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const { bearerToken, certificateAuthority } = server;
  const text = call.body === undefined ? '' : JSON.stringify(call.body);
  const request = start(url, {
    method: call.method,
    signal: call.signal,
    headers: {
      accept: 'application/json',
      // Node would send the body of a DELETE without saying how long it is.
      'content-length': Buffer.byteLength(text),
      ...(call.contentType === undefined ? {} : { 'content-type': call.contentType }),
      ...(bearerToken === undefined ? {} : { authorization: `Bearer ${bearerToken}` }),
    },
    ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
  });
  request.end(text);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return { code: response.statusCode ?? 0, body: bodyOf(Buffer.concat(chunks).toString()) };
}

/** A path that no group answers is refused in plain text. */
function bodyOf(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return { message: text.trim() };
  }
}
