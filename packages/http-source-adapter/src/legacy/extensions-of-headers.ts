import { decodeStoredEvent } from '@jetmesh/cloudevents-http';

/**
 * Extensions that a sender of a legacy event adds as `ce-*` headers, which the event service always forwarded.
 * The members of the body win over them. What no event can carry is left out.
 */
export function extensionsOfHeaders(rawHeaders: readonly string[]): ReadonlyMap<string, string> {
  const headers = rawHeaders.filter((_text, index) =>
    isExtensionName(rawHeaders[index - (index % 2)] ?? ''),
  );
  if (headers.length === 0) return none;
  const { attributes } = decodeStoredEvent(headers, noBytes);
  return new Map([...attributes].filter(([, value]) => !hasControlCharacter(value)));
}

const none: ReadonlyMap<string, string> = new Map();
const noBytes = Buffer.alloc(0);

function isExtensionName(header: string): boolean {
  return /^ce-(?!data$)[a-z0-9]+$/i.test(header);
}

function hasControlCharacter(value: string): boolean {
  return /\p{Control}/u.test(value);
}
