/**
 * One of 256 tokens for an event source. Sources often contain ids; a token of its own for each would cost the server
 * memory for every one, while a bucket still keeps 99.6 % of other sources away from a Trigger that wants one.
 */
export function sourceToken(source: string): string {
  return `s${(0x100 + bucketOf(source)).toString(16).slice(1)}`;
}

/** FNV-1a over UTF-16 units, folded to a byte. Stored subjects depend on it: it never changes. */
function bucketOf(source: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < source.length; index++) {
    hash = Math.imul(hash ^ source.charCodeAt(index), 0x01000193);
  }
  hash ^= hash >>> 16;
  return (hash ^ (hash >>> 8)) & 0xff;
}
