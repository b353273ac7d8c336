import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { ApiError } from '../errors/api-error.ts';
import { badRequest, unsupportedMediaType } from '../errors/api-errors.ts';

const maxBodyBytes = 3 * 1024 * 1024;

/** The whole body, decompressed; 413 beyond 3 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  const [only] = chunks;
  const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  return decompressed(body, request.headers['content-encoding'] ?? '');
}

function decompressed(body: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case '':
    case 'identity':
      return body;
    case 'gzip':
      try {
        return gunzipSync(body, { maxOutputLength: maxBodyBytes });
      } catch {
        throw badRequest('the body of the request is not valid gzip, or too large');
      }
    default:
      throw unsupportedMediaType(`content encoding ${JSON.stringify(encoding)} is not supported`);
  }
}

function tooLarge(): ApiError {
  const message = `Request entity too large: limit is ${maxBodyBytes}`;
  return new ApiError(413, 'RequestEntityTooLarge', message, {});
}
