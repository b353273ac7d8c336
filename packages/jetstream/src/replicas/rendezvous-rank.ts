import { createHash } from 'node:crypto';

/** The place of `id` among `ids` for this key, from 0; each key orders them otherwise, so that keys spread. */
export function rendezvousRank(key: string, id: string, ids: readonly string[]): number {
  const own = weight(key, id);
  return ids.filter((other) => other !== id && weight(key, other) > own).length;
}

function weight(key: string, id: string): string {
  return createHash('sha256').update(`${key}\n${id}`).digest('hex');
}
