import type { Refusal } from '@jetmesh/cloudevents-http';
import { isRfc3339Time } from '../legacy/is-rfc3339-time.ts';

/** Attributes as sent, valid or not; names in lower case. */
export type SentAttributes = ReadonlyMap<string, string>;

/** The attributes of the event that was refused; undefined when its JSON cannot be read. */
export function sentAttributes(
  rawHeaders: readonly string[],
  body: Buffer,
  index: number | undefined,
): SentAttributes | undefined {
  const headers = headerMap(rawHeaders);
  const contentType = headers.get('content-type') ?? '';
  if (contentType.toLowerCase().startsWith('application/cloudevents')) {
    return attributesInJson(body, index ?? 0);
  }
  const attributes = [...headers].filter(([name]) => name.startsWith('ce-'));
  return new Map(attributes.map(([name, value]) => [name.slice('ce-'.length), value]));
}

/** What the HTTP source adapter says: undefined is an answer without a body. */
export function sourceAdapterText(
  sent: SentAttributes | undefined,
  refusal: Refusal,
): string | undefined {
  if (sent === undefined) return 'Invalid request';
  const version = sent.get('specversion') ?? '';
  if (version === '') return undefined;
  if (['0.1', '0.2', '0.3'].includes(version)) return 'unsupported cloudevents version';
  if (version !== '1.0') return 'unknown encoding: Unknown';
  return attributeProblems(sent) ?? `${refusal.field}: ${refusal.rule}`;
}

/** What the publisher proxy says. */
export function publisherProxyText(sent: SentAttributes | undefined, refusal: Refusal): string {
  const version = sent?.get('specversion') ?? '';
  if (sent === undefined || !['0.3', '1.0'].includes(version)) return 'unknown Message encoding';
  return attributeProblems(sent) ?? `${refusal.field}: ${refusal.rule}`;
}

/** The words of the CloudEvents SDK for Go: a time is converted before the rest is validated. */
function attributeProblems(sent: SentAttributes): string | undefined {
  const time = sent.get('time');
  if (time !== undefined && !isRfc3339Time(time)) {
    return `cannot convert ${JSON.stringify(time)} to time.Time: not in RFC3339 format`;
  }
  const isEmpty = (name: string) => (sent.get(name) ?? '').trim() === '';
  const problems = [
    isEmpty('id') && 'id: MUST be a non-empty string',
    isEmpty('source') && 'source: REQUIRED',
    isEmpty('type') && 'type: MUST be a non-empty string',
  ].filter((problem) => problem !== false);
  return problems.length === 0 ? undefined : problems.join('\n');
}

function headerMap(rawHeaders: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.set((rawHeaders[index] ?? '').toLowerCase(), rawHeaders[index + 1] ?? '');
  }
  return headers;
}

function attributesInJson(body: Buffer, index: number): SentAttributes | undefined {
  const parsed = parseJson(body);
  const event: unknown = Array.isArray(parsed) ? parsed[index] : parsed;
  if (typeof event !== 'object' || event === null) return undefined;
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries(event)) {
    if (typeof value === 'string') attributes.set(name, value);
  }
  return attributes;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
