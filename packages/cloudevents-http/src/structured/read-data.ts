import { contentKind, hasUtf8Charset } from '../media-type/content-kind.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { decodeBase64 } from './decode-base64.ts';

/** The members of a JSON event that say what its data is. */
export interface DataMembers {
  readonly data: unknown;
  readonly base64: unknown;
  /** The exact bytes of `data`; only for events that have it. */
  jsonBytes(): Buffer;
}

type ReadData = { readonly bytes: Buffer | undefined };

/**
 * Reads the data of a JSON event and leaves its attributes as binary mode needs them: with the content type that the
 * JSON format implies, and without 0.3's note that the data stood in Base64 (JSON format §3.1).
 */
export function readData(
  members: DataMembers,
  attributes: Map<string, string>,
): ReadData | Refusal {
  const { data, base64 } = members;
  if (base64 !== undefined && base64 !== null) {
    const isAlone = data === undefined || data === null;
    return isAlone
      ? readBase64('data_base64', base64)
      : refuse('data_base64', 'must not be given together with data');
  }
  if (data === undefined) return { bytes: undefined };
  if (attributes.get('specversion') === '0.3' && attributes.has('datacontentencoding')) {
    return readEncodedData(data, attributes);
  }
  const contentType = attributes.get('datacontenttype');
  if (contentType === undefined) attributes.set('datacontenttype', 'application/json');
  return readPlainData(members, contentType ?? 'application/json');
}

function readEncodedData(data: unknown, attributes: Map<string, string>): ReadData | Refusal {
  if (attributes.get('datacontentencoding')?.toLowerCase() !== 'base64') {
    return refuse('datacontentencoding', 'must be base64');
  }
  attributes.delete('datacontentencoding');
  return readBase64('data', data);
}

function readBase64(field: string, text: unknown): ReadData | Refusal {
  const bytes = typeof text === 'string' ? decodeBase64(text) : undefined;
  return bytes === undefined ? refuse(field, 'must be a string in Base64') : { bytes };
}

/** Data of a content type that is not JSON is the string itself; another value than a string keeps its JSON text. */
function readPlainData(members: DataMembers, contentType: string): ReadData | Refusal {
  const { data } = members;
  if (contentKind(contentType) === 'json') return { bytes: members.jsonBytes() };
  if (data === null) return { bytes: undefined };
  if (typeof data !== 'string') return { bytes: members.jsonBytes() };
  if (/\p{Surrogate}/u.test(data)) return refuse('data', 'must be valid Unicode');
  return hasUtf8Charset(contentType)
    ? { bytes: Buffer.from(data, 'utf8') }
    : refuse('data', 'must be in data_base64 where its charset is not utf-8');
}
