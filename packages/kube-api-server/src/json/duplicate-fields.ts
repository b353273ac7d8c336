/** Paths of fields that an object of a JSON text has twice, e.g. `spec.colour`. The text is valid JSON. */
export function duplicateFields(text: string): string[] {
  const scan: Scan = { text, at: 0, duplicates: [] };
  skipValue(scan, '');
  return scan.duplicates;
}

interface Scan {
  readonly text: string;
  at: number;
  readonly duplicates: string[];
}

const scalar = /[^\s,\]}]+/y;
const quoted = /"(?:[^"\\]|\\.)*"/y;
const space = /\s*/y;

function skipValue(scan: Scan, path: string): void {
  take(scan, space);
  const start = scan.text[scan.at];
  if (start === '{') skipObject(scan, path);
  else if (start === '[') skipList(scan, path);
  else take(scan, start === '"' ? quoted : scalar);
  take(scan, space);
}

function skipObject(scan: Scan, path: string): void {
  const seen = new Set<string>();
  scan.at += 1;
  take(scan, space);
  while (scan.at < scan.text.length && scan.text[scan.at] !== '}') {
    const name = JSON.parse(take(scan, quoted)) as string;
    const inner = path === '' ? name : `${path}.${name}`;
    if (seen.has(name)) scan.duplicates.push(inner);
    seen.add(name);
    take(scan, space);
    scan.at += 1;
    skipValue(scan, inner);
    if (scan.text[scan.at] === ',') scan.at += 1;
    take(scan, space);
  }
  scan.at += 1;
}

function skipList(scan: Scan, path: string): void {
  scan.at += 1;
  take(scan, space);
  for (let index = 0; scan.at < scan.text.length && scan.text[scan.at] !== ']'; index += 1) {
    skipValue(scan, `${path}[${index}]`);
    if (scan.text[scan.at] === ',') scan.at += 1;
  }
  scan.at += 1;
}

function take(scan: Scan, pattern: RegExp): string {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0] ?? '';
  scan.at += found.length;
  return found;
}
