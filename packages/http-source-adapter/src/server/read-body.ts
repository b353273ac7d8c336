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
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (result: ReadBody) => {
      request.off('data', onData);
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) end({ kind: 'too-large' });
      else if (!hold(chunk.length)) end({ kind: 'overloaded' });
      else chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => {
      const [first = Buffer.alloc(0)] = chunks;
      end({ kind: 'read', body: chunks.length > 1 ? Buffer.concat(chunks, size) : first });
    });
    request.once('error', () => end({ kind: 'aborted' }));
    request.once('close', () => end({ kind: 'aborted' }));
  });
}
