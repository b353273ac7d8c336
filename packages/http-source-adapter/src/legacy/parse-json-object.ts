/** Exact JSON text of every member, by name in lower case: as in Go, names are compared without case and the last one counts. */
export type JsonMembers = ReadonlyMap<string, string>;

export type ParsedJson =
  | { readonly kind: 'object'; readonly members: JsonMembers }
  | { readonly kind: 'malformed'; readonly reason: string };

/**
 * Splits a JSON object into the texts of its members, so that numbers of any size keep their digits.
 * As Kyma's decoder does, it reads `null` as an object without members and ignores what follows the first value.
 */
export function parseJsonObject(text: string): ParsedJson {
  const start = skipSpace(text, 0);
  const end = endOfValue(text, start);
  const problem = syntaxProblem(text.slice(start, end));
  if (problem !== undefined) return { kind: 'malformed', reason: problem };
  if (text[start] === '{') return { kind: 'object', members: membersOf(text, start) };
  if (text[start] === 'n') return { kind: 'object', members: new Map() };
  return { kind: 'malformed', reason: 'the event must be a JSON object' };
}

function syntaxProblem(value: string): string | undefined {
  try {
    JSON.parse(value);
    return undefined;
  } catch (error) {
    return (error as SyntaxError).message;
  }
}

/** Relies on `text` being an object from `start` on, known to be well-formed. */
function membersOf(text: string, start: number): JsonMembers {
  const members = new Map<string, string>();
  let at = skipSpace(text, start + 1);
  while (text[at] !== '}') {
    const nameEnd = endOfValue(text, at);
    const name = JSON.parse(text.slice(at, nameEnd)) as string;
    const valueStart = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const valueEnd = endOfValue(text, valueStart);
    members.set(name.toLowerCase(), text.slice(valueStart, valueEnd));
    at = skipSpace(text, valueEnd);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return members;
}

/** Where the value that begins at `start` ends, if it is well-formed; else anywhere up to the end of `text`. */
function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first !== '{' && first !== '[') return endOfWord(text, start);
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return at;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && !/[\s,\]}{["]/.test(text[at] ?? '')) at += 1;
  return at;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (/[ \t\n\r]/.test(text[at] ?? '')) at += 1;
  return at;
}
