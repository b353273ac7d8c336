import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a request carries the server's bearer token; without a token anyone may come in. */
export function isAuthenticated(
  authorization: string | undefined,
  token: string | undefined,
): boolean {
  if (token === undefined) return true;
  const [scheme = '', given = ''] = (authorization ?? '').split(' ');
  return scheme.toLowerCase() === 'bearer' && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
