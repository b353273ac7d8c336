import { decodeStoredEvent } from '@jetmesh/cloudevents-http';

/**
 * Extensions that a sender of a legacy event adds as `ce-*` headers, which the event service always forwarded.
 * The members of the body win over them.
 */
export function extensionsOfHeaders(rawHeaders: readonly string[]): ReadonlyMap<string, string> {
  const headers = rawHeaders.filter((_text, index) =>
    isExtensionName(rawHeaders[index - (index % 2)] ?? ''),
  );
  return headers.length === 0 ? none : decodeStoredEvent(headers, Buffer.alloc(0)).attributes;
}

const none: ReadonlyMap<string, string> = new Map();

function isExtensionName(header: string): boolean {
  return /^ce-[a-z0-9]+$/i.test(header);
}
