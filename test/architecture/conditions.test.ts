import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const source = join(repository, 'packages/trigger-controller/src');

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

function isTest(file: string): boolean {
  return /\b(describe|it)(\.each)?[(<]/.test(file);
}

/** What stands in for a part of a reason that only the run knows. */
const variableParts: Readonly<Record<string, readonly string[]>> = {
  program: ['Ingress', 'Dispatcher'],
  'sink.broker': ['x'],
};

/** The ways in which this package writes a reason: a field, a default, a constant, the first word of `failed(`. */
const reasonForms = [
  /\breason\s*[:=]\s*(['"`])(?<reason>.+?)\1\s*[,;}\n]/g,
  /\b\w+Reason = (['"`])(?<reason>.+?)\1/g,
  /\bfailed\(\s*(['"`])(?<reason>.+?)\1/g,
];

function reasonsInCode(): string[] {
  const reasons = filesIn(source)
    .filter((file) => !isTest(file))
    .flatMap((file) => reasonForms.flatMap((form) => [...file.matchAll(form)]))
    .flatMap(({ groups }) => spelledOut(groups?.reason ?? ''));
  return [...new Set(reasons)].sort();
}

function spelledOut(reason: string): string[] {
  const variable = /\$\{(.+?)\}/.exec(reason);
  if (variable === null) return [reason];
  const values = variableParts[variable[1] ?? ''] ?? [];
  return values.map((value) => reason.replace(variable[0], value));
}

function reasonsInDocument(): string[] {
  const document = readFileSync(join(repository, 'docs/conditions.md'), 'utf8');
  const rows = document.split('\n').filter((line) => line.startsWith('|'));
  const reasons = rows.flatMap((row) => {
    const cells = row.split('|').map((cell) => /^ *`(.+)` *$/.exec(cell)?.[1]);
    const [, first, second] = cells;
    // Tables of conditions have the reason in the second column, that of Kubernetes events in the first.
    return second ?? (row.includes('Normal') || row.includes('Warning') ? first : undefined) ?? [];
  });
  return [...new Set(reasons)].sort();
}

describe('docs/conditions.md', () => {
  it('has every reason that the trigger controller gives, and no other', () => {
    expect(reasonsInCode().length).toBeGreaterThan(30);
    expect(reasonsInDocument()).toEqual(reasonsInCode());
  });

  it.each(reasonsInCode())('has a test that makes "%s" occur', (reason) => {
    const tests = [
      ...filesIn(source).filter(isTest),
      ...filesIn(join(repository, 'test/integration/trigger-controller')),
      ...filesIn(join(repository, 'test/conformance')),
    ];
    const written = reason.replace(/ x /, ' default ');
    expect(tests.some((file) => file.includes(reason) || file.includes(written))).toBe(true);
  });
});
