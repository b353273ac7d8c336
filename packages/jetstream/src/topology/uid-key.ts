import { createHash } from 'node:crypto';

const plainUid = /^[A-Za-z0-9-]{1,64}$/;

/**
 * A UID as part of a subject, stream or consumer name, injective: a UUID stays as it is, so that an operator can
 * search for it; anything else becomes `_` and its SHA-256, which no plain UID contains.
 */
export function uidKey(uid: string): string {
  if (plainUid.test(uid)) return uid;
  return `_${createHash('sha256').update(uid).digest('hex')}`;
}
