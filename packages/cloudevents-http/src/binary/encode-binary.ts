import type { CloudEvent } from '../cloud-event.ts';
import { encodeHeaderValue } from '../headers/header-value.ts';
import type { HttpMessage } from '../http-message.ts';

const noBytes = Buffer.alloc(0);

/** Writes an event in binary mode, which is also the form it is stored in. */
export function encodeBinary({ attributes, data }: CloudEvent): HttpMessage {
  const headers: string[] = [];
  for (const [name, value] of attributes) {
    const header = name === 'datacontenttype' ? 'content-type' : `ce-${name}`;
    headers.push(header, encodeHeaderValue(value));
  }
  return { headers, body: data ?? noBytes };
}
