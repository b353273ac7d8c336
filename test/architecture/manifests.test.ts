import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const generated = mkdtempSync(join(tmpdir(), 'jetmesh-manifests-'));
execFileSync('npm', ['run', '-s', 'generate', '--', generated], { cwd: repository });

describe.each(['crds', 'policies'])('manifests/%s', (folder) => {
  const committed = join(repository, 'manifests', folder);
  const current = join(generated, folder);

  it('holds exactly what eventing-api defines, and its kustomization names it', () => {
    const files = readdirSync(committed).filter((file) => file !== 'kustomization.yaml');
    expect(files.sort()).toEqual(readdirSync(current).sort());
    const kustomization = readFileSync(join(committed, 'kustomization.yaml'), 'utf8');
    for (const file of files) expect(kustomization).toContain(`- ${file}\n`);
  });

  it.each(readdirSync(current))('is current for %s (npm run generate)', (file) => {
    expect(readFileSync(join(committed, file), 'utf8')).toBe(
      readFileSync(join(current, file), 'utf8'),
    );
  });
});
