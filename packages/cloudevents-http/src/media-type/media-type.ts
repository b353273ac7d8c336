const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = `(${token})=(${token}|"(?:[^"\\\\]|\\\\.)*")`;
const mediaType = new RegExp(`^(${token}/${token})[ \\t]*((?:;[ \\t]*(?:${parameter}[ \\t]*)?)*)$`);
const parameters = new RegExp(parameter, 'g');

export interface MediaType {
  /** `type/subtype` in lower case. */
  readonly essence: string;
  /** In lower case; undefined when the type does not say. */
  readonly charset: string | undefined;
}

/** The same few types come with every event. Bounded, because senders choose them. */
const known = new Map<string, MediaType>();
const maxKnownCount = 256;

/** Reads a media type (RFC 2045 §5.1); undefined when the text is none. */
export function parseMediaType(text: string): MediaType | undefined {
  return known.get(text) ?? readMediaType(text);
}

function readMediaType(text: string): MediaType | undefined {
  const match = mediaType.exec(text);
  if (match === null) return undefined;
  const [, essence = '', tail = ''] = match;
  const type = { essence: essence.toLowerCase(), charset: charsetOf(tail) };
  if (known.size < maxKnownCount && text.length <= 128) known.set(text, type);
  return type;
}

function charsetOf(tail: string): string | undefined {
  for (const [, name = '', value = ''] of tail.matchAll(parameters)) {
    if (name.toLowerCase() === 'charset') return unquoted(value).toLowerCase();
  }
  return undefined;
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}
