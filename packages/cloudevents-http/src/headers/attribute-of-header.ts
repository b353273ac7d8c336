import { nameProblem } from '../validation/name-problem.ts';

export interface HeaderAttribute {
  readonly name: string;
  /** Why no attribute has this name; undefined when one can. */
  readonly problem: string | undefined;
}

/** The same few headers come with every event. Bounded, because senders choose the names. */
const known = new Map<string, HeaderAttribute>();
const maxKnownCount = 1024;

/** The attribute that a header carries, its name in lower case; undefined for all other headers. */
export function attributeOfHeader(header: string): HeaderAttribute | undefined {
  if (!startsWithC(header)) return undefined;
  return known.get(header) ?? readHeaderName(header);
}

function startsWithC(header: string): boolean {
  const first = header.charCodeAt(0);
  return first === 0x63 || first === 0x43;
}

function readHeaderName(header: string): HeaderAttribute | undefined {
  const name = attributeName(header.toLowerCase());
  if (name === undefined) return undefined;
  const attribute = { name, problem: nameProblem(name) };
  if (known.size < maxKnownCount && header.length <= 64) known.set(header, attribute);
  return attribute;
}

function attributeName(header: string): string | undefined {
  if (header.startsWith('ce-')) return header.slice(3);
  return header === 'content-type' ? 'datacontenttype' : undefined;
}
