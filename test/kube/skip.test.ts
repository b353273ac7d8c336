import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../scripts/test-kube.mjs', import.meta.url));

describe('test:kube on a machine without Go', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jetmesh-assets-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  function run(env: Record<string, string>) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { PATH: '', XDG_CACHE_HOME: join(folder, 'empty'), ...env },
    });
    return { status, stdout, stderr };
  }

  it('skips, visibly', () => {
    expect(run({})).toEqual({
      status: 0,
      stdout: '0 passed, 0 failed, 1 skipped\n',
      stderr: 'no kube-apiserver: set KUBEBUILDER_ASSETS or install Go\n',
    });
  });

  it('fails in CI', () => {
    expect(run({ CI: 'true' })).toMatchObject({
      status: 1,
      stdout: '0 passed, 0 failed, 1 skipped\n',
    });
  });

  it('names the program that the given assets lack', () => {
    for (const name of ['kube-apiserver', 'etcd']) writeFileSync(join(folder, name), '');
    expect(run({ KUBEBUILDER_ASSETS: folder }).stderr).toBe(
      'no kube-controller-manager: set KUBEBUILDER_ASSETS or install Go\n',
    );
  });
});
