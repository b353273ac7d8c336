import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tiers = [
  { tier: 'test-kube', reason: 'no kube-apiserver: set KUBEBUILDER_ASSETS or install Go\n' },
  { tier: 'test-nats', reason: 'no nats-server: install Go\n' },
];

describe('a tier of real servers on a machine without Go', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jetmesh-assets-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  function run(tier: string, env: Record<string, string> = {}) {
    const script = fileURLToPath(new URL(`../../scripts/${tier}.mjs`, import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { PATH: '', XDG_CACHE_HOME: join(folder, 'empty'), ...env },
    });
    return { status, stdout, stderr };
  }

  it.each(tiers)('skips, visibly: $tier', ({ tier, reason }) => {
    expect(run(tier)).toEqual({
      status: 0,
      stdout: '0 passed, 0 failed, 1 skipped\n',
      stderr: reason,
    });
  });

  it.each(tiers)('fails in CI: $tier', ({ tier }) => {
    expect(run(tier, { CI: 'true' })).toMatchObject({
      status: 1,
      stdout: '0 passed, 0 failed, 1 skipped\n',
    });
  });

  it('names the program that the given assets lack', () => {
    for (const name of ['kube-apiserver', 'etcd']) writeFileSync(join(folder, name), '');
    expect(run('test-kube', { KUBEBUILDER_ASSETS: folder }).stderr).toBe(
      'no kube-controller-manager: set KUBEBUILDER_ASSETS or install Go\n',
    );
  });
});
