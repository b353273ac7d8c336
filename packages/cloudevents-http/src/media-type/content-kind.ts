import { parseMediaType } from './media-type.ts';

/** How the JSON format writes data of a content type: as a JSON value, as a string, or in Base64. */
export type ContentKind = 'json' | 'text' | 'bytes';

export function contentKind(contentType: string | undefined): ContentKind {
  if (contentType === undefined) return 'bytes';
  if (contentType === 'application/json') return 'json';
  const essence = parseMediaType(contentType)?.essence ?? '';
  if (/\/(?:json|.+\+json)$/.test(essence)) return 'json';
  const isText = /^text\/|\/(?:xml|.+\+xml)$/.test(essence);
  return isText && hasUtf8Charset(contentType) ? 'text' : 'bytes';
}

const utf8Charsets: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

/** Whether text of a content type is written in UTF-8, which is also what no charset means here. */
export function hasUtf8Charset(contentType: string): boolean {
  return utf8Charsets.has(parseMediaType(contentType)?.charset ?? 'utf-8');
}
