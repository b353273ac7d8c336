import { isUtf8 } from 'node:buffer';
import type { CloudEvent } from '../cloud-event.ts';
import { contentKind } from '../media-type/content-kind.ts';

/** Writes an event in the JSON format; data that is JSON keeps its bytes. */
export function writeJsonEvent(event: CloudEvent): Buffer {
  const attributes = [...event.attributes].map(([name, value]) => member(name, value)).join();
  const { data } = event;
  if (data === undefined) return Buffer.from(`{${attributes}}`);
  if (isJsonData(event, data)) {
    return Buffer.concat([Buffer.from(`{${attributes},"data":`), data, Buffer.from('}')]);
  }
  return Buffer.from(`{${attributes},${stringMember(event, data)}}`);
}

function member(name: string, value: string): string {
  return `"${name}":${JSON.stringify(value)}`;
}

/** A content type is a claim: what is not JSON would break the document around it. */
function isJsonData({ attributes }: CloudEvent, data: Buffer): boolean {
  if (isEncodedBySender(attributes)) return false;
  if (contentKind(attributes.get('datacontenttype')) !== 'json' || !isUtf8(data)) return false;
  try {
    JSON.parse(data.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

const encodingOf03 = 'datacontentencoding';

/** A sender of 0.3 in binary mode may have put the data in Base64 himself; it is passed on as it came. */
function isEncodedBySender(attributes: CloudEvent['attributes']): boolean {
  return attributes.get('specversion') === '0.3' && attributes.has(encodingOf03);
}

function stringMember({ attributes }: CloudEvent, data: Buffer): string {
  if (isEncodedBySender(attributes)) return member('data', data.toString('utf8'));
  if (contentKind(attributes.get('datacontenttype')) === 'text' && isUtf8(data)) {
    return member('data', data.toString('utf8'));
  }
  const base64 = data.toString('base64');
  return attributes.get('specversion') === '0.3'
    ? `${member(encodingOf03, 'base64')},${member('data', base64)}`
    : member('data_base64', base64);
}
