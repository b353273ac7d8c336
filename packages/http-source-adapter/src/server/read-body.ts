import type { IncomingMessage } from 'node:http';

export type ReadBody =
  | { readonly kind: 'read'; readonly body: Buffer }
  | { readonly kind: 'too-large' | 'overloaded' | 'aborted' };

/** Reads a request's body of at most `maxBytes`, as long as `hold` grants room for each chunk. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  hold: (bytes: number) => boolean,
): Promise<ReadBody> {
  if (announcedLength(request.rawHeaders) > maxBytes) {
    return Promise.resolve({ kind: 'too-large' });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes && hold(chunk.length)) {
        chunks.push(chunk);
        return;
      }
      request.off('data', onData);
      resolve({ kind: size > maxBytes ? 'too-large' : 'overloaded' });
    };
    request.on('data', onData);
    request.on('end', () => resolve({ kind: 'read', body: joined(chunks, size) }));
    // After `end` this changes nothing; before it, the sender went away.
    request.on('close', () => resolve({ kind: 'aborted' }));
  });
}

/** Looked for here because `request.headers` would parse them all. */
function announcedLength(rawHeaders: readonly string[]): number {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 14 && name.toLowerCase() === 'content-length') {
      return Number(rawHeaders[index + 1]);
    }
  }
  return 0;
}

function joined(chunks: readonly Buffer[], size: number): Buffer {
  const [first = Buffer.alloc(0)] = chunks;
  return chunks.length > 1 ? Buffer.concat(chunks, size) : first;
}
