import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

describe('what is said of the conformance suite', () => {
  const generated = mkdtempSync(join(tmpdir(), 'jetmesh-conformance-'));
  execFileSync('npm', ['run', '-s', 'generate', '--', generated], { cwd: repository });

  it.each(['README.md', 'docs/conformance.md'])('is current in %s (npm run generate)', (file) => {
    const committed = readFileSync(join(repository, file), 'utf8');
    expect(committed).toBe(readFileSync(join(generated, file), 'utf8'));
  });
});
