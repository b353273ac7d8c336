import { describe, expect, it } from '@jest/globals';
import { customResourceDefinitions } from '@jetmesh/eventing-api';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const committed = join(repository, 'manifests/crds');

describe('manifests/crds', () => {
  const generated = mkdtempSync(join(tmpdir(), 'jetmesh-crds-'));
  execFileSync('npm', ['run', '-s', 'generate', '--', generated], { cwd: repository });

  it('holds exactly the kinds that eventing-api defines', () => {
    const definitions = readdirSync(committed).filter((file) => file !== 'kustomization.yaml');
    expect(definitions.sort()).toEqual(readdirSync(generated).sort());
  });

  it.each(customResourceDefinitions)('is current for $metadata.name (npm run generate)', (one) => {
    const file = `${one.metadata.name}.yaml`;
    expect(readFileSync(join(committed, file), 'utf8')).toBe(
      readFileSync(join(generated, file), 'utf8'),
    );
  });
});
