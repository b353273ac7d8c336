import { createHash } from 'node:crypto';

/**
 * The id under which what follows from one message is published: the same after every retry and on every replica,
 * so that the stream keeps one copy.
 */
export function messageIdFor(
  purpose: 'reply' | 'parked' | 'retry',
  triggerUid: string,
  { stream, sequence }: { readonly stream: string; readonly sequence: number },
): string {
  const text = `${purpose}\n${triggerUid}\n${stream}\n${sequence}`;
  return `${purpose}-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
}
