import type { HttpMessage } from '@jetmesh/cloudevents-http';

export interface RequestTarget {
  readonly host: string;
  readonly path: string;
}

/** Up to here one write of one buffer costs less than two. */
const joinedBytes = 64 * 1024;

/** A POST as it goes over the wire, in as few pieces as is cheap; undefined when a header would break its frame. */
export function requestBytes(
  { host, path }: RequestTarget,
  { headers, body }: HttpMessage,
): readonly Buffer[] | undefined {
  let head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${body.length}\r\n`;
  for (let index = 0; index < headers.length; index += 2) {
    const line = `${headers[index] ?? ''}: ${headers[index + 1] ?? ''}`;
    if (breaksFrame.test(line)) return undefined;
    head += `${line}\r\n`;
  }
  head += '\r\n';
  if (head.length + body.length > joinedBytes) return [Buffer.from(head, 'latin1'), body];
  const joined = Buffer.allocUnsafe(head.length + body.length);
  joined.write(head, 'latin1');
  body.copy(joined, head.length);
  return [joined];
}

const breaksFrame = /[\r\n\0]/;
