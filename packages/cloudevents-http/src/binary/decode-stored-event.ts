import type { CloudEvent } from '../cloud-event.ts';
import { attributeOfHeader } from '../headers/attribute-of-header.ts';
import { decodeHeaderValue } from '../headers/header-value.ts';
import { dataOfBody } from './data-of-body.ts';

/** Reads back what `encodeBinary` wrote; other headers are skipped, and nothing is checked again. */
export function decodeStoredEvent(headers: readonly string[], body: Buffer): CloudEvent {
  const attributes = new Map<string, string>();
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const attribute = attributeOfHeader(headers[index] ?? '');
    if (attribute === undefined) continue;
    const bytes = headers[index + 1] ?? '';
    attributes.set(attribute.name, decodeHeaderValue(bytes) ?? bytes);
  }
  return { attributes, data: dataOfBody(body, attributes.get('datacontenttype')) };
}
