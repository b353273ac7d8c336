/** Writes what test/conformance tests into README.md and docs/conformance.md, or copies of both into the folder given. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { statementTables, summary } from './conformance-tables.ts';
import { conformanceTests } from './conformance-tests.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const root = process.argv[2] ?? repository;
const begin = '<!-- begin of what `npm run generate` makes of test/conformance -->';
const end = '<!-- end of it -->';

function readTests() {
  const folder = join(repository, 'test/conformance');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .flatMap((file) => conformanceTests(file, readFileSync(join(folder, file), 'utf8')));
}

async function replaceBetweenMarkers(file: string, content: string): Promise<void> {
  const path = join(repository, file);
  const text = readFileSync(path, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`${file} lacks the markers of its generated part`);
  const replaced = `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
  const options = { ...(await resolveConfig(path)), parser: 'markdown' };
  const target = join(root, file);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, await format(replaced, options));
}

const tests = readTests();
await replaceBetweenMarkers('docs/conformance.md', statementTables(tests));
await replaceBetweenMarkers('README.md', summary(tests));
