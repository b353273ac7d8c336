import { request } from 'undici';

export interface PostAnswer {
  readonly code: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One HTTP request to a Broker or adapter; no retry. */
export async function postRaw(
  url: string,
  headers: Record<string, string>,
  body: string | Buffer = '',
  method: 'POST' | 'GET' | 'PUT' | 'OPTIONS' | 'HEAD' | 'DELETE' = 'POST',
): Promise<PostAnswer> {
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const answer = await request(url, {
    method,
    headers,
    ...(hasBody ? { body } : {}),
    headersTimeout: 20_000,
    bodyTimeout: 20_000,
  });
  return { code: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
}

/** Attributes of a CloudEvent 1.0 in binary mode; `changes` adds, replaces, or (undefined) removes headers. */
export function binaryHeaders(
  changes: Record<string, string | undefined> = {},
): Record<string, string> {
  const headers: Record<string, string | undefined> = {
    'ce-specversion': '1.0',
    'ce-id': 'id-1',
    'ce-source': '/conformance',
    'ce-type': 'conformance',
    'content-type': 'application/json',
    ...changes,
  };
  const present: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) present[name] = value;
  }
  return present;
}

export function postEvent(
  url: string,
  changes: Record<string, string | undefined> = {},
  body: string | Buffer = '{}',
): Promise<PostAnswer> {
  return postRaw(url, binaryHeaders(changes), body);
}
