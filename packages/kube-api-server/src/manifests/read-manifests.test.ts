import { describe, expect, it } from '@jest/globals';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifests } from './read-manifests.ts';

describe('readManifests', () => {
  it('takes documents of a text, and Lists, apart', async () => {
    const yaml = 'kind: A\n---\n---\nkind: List\nitems:\n- kind: B\n- kind: C\n';
    expect(await readManifests({ yaml })).toEqual([{ kind: 'A' }, { kind: 'B' }, { kind: 'C' }]);
  });

  it('reads the files of a folder by name, and no kustomization', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'manifests-'));
    await mkdir(join(folder, 'b'));
    await writeFile(join(folder, 'c.json'), '{"kind":"C"}');
    await writeFile(join(folder, 'b', 'x.yml'), 'kind: B');
    await writeFile(join(folder, 'a.yaml'), 'kind: A');
    await writeFile(join(folder, 'kustomization.yaml'), 'resources: []');
    await writeFile(join(folder, 'notes.md'), 'no: manifest');
    const objects = await readManifests({ path: folder });
    await rm(folder, { recursive: true });
    expect(objects).toEqual([{ kind: 'A' }, { kind: 'B' }, { kind: 'C' }]);
  });

  it.each([
    ['a: [', 'is not YAML'],
    ['- a', 'not an object'],
  ])('refuses %p', async (yaml, message) => {
    await expect(readManifests({ yaml })).rejects.toThrow(message);
  });
});
