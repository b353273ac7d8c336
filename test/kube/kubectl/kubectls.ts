import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { delimiter } from 'node:path';

interface KubectlBinary {
  readonly binary: string;
  readonly version: string;
  readonly minor: number;
}

/** The kubectls that `npm run test:kube` found, each version once. */
export function kubectls(): readonly KubectlBinary[] {
  const paths = process.env.TEST_ASSET_KUBECTLS;
  assert(paths !== undefined, 'Run `npm run test:kube`, which finds kubectl.');
  const found = new Map<string, KubectlBinary>();
  for (const binary of paths.split(delimiter)) {
    const version = versionOf(binary);
    if (!found.has(version)) found.set(version, { binary, version, minor: minorOf(version) });
  }
  return [...found.values()];
}

function versionOf(binary: string): string {
  const output = execFileSync(binary, ['version', '--client', '-o', 'json'], { encoding: 'utf8' });
  const { clientVersion } = JSON.parse(output) as { clientVersion: { gitVersion: string } };
  return clientVersion.gitVersion;
}

function minorOf(version: string): number {
  const [, minor] = /^v1\.(\d+)\./.exec(version) ?? [];
  assert(minor !== undefined, `kubectl calls itself ${version}`);
  return Number(minor);
}
