import { spawnSync } from 'node:child_process';
import { findOnPath } from './find-on-path.ts';

/** Debian installs programs for the system here, and root's PATH may lack it. */
const systemFolders = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin';

export type NatsServerLookup =
  { kind: 'found'; binary: string; wasInstalled: boolean } | { kind: 'missing'; advice: string };

export interface LookupOptions {
  readonly path: string;
  /** Whether Debian's package may be installed: only as root, only where apt-get is. */
  readonly isRoot: boolean;
  announce(sentence: string): void;
}

/** A nats-server from PATH, else Debian's package when root on Debian or Ubuntu, else advice on how to get one. */
export function obtainNatsServer(options: LookupOptions): NatsServerLookup {
  const onPath = findOnPath('nats-server', options.path);
  if (onPath !== undefined) return { kind: 'found', binary: onPath, wasInstalled: false };

  const aptGet = findOnPath('apt-get', `${options.path}:${systemFolders}`);
  if (!options.isRoot || aptGet === undefined) return { kind: 'missing', advice };

  options.announce(
    'Installing nats-server from the Debian package (apt-get install nats-server) …',
  );
  if (!installPackage(aptGet)) return { kind: 'missing', advice };
  const installed = findOnPath('nats-server', `${options.path}:${systemFolders}`);
  return installed === undefined
    ? { kind: 'missing', advice }
    : { kind: 'found', binary: installed, wasInstalled: true };
}

function installPackage(aptGet: string): boolean {
  const install = () =>
    aptGetRun(aptGet, ['install', '-y', '--no-install-recommends', 'nats-server']);
  if (install()) return true;
  return aptGetRun(aptGet, ['update']) && install();
}

function aptGetRun(aptGet: string, words: string[]): boolean {
  const { status } = spawnSync(aptGet, ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
    env: { PATH: systemFolders + ':/bin:/sbin', DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

const advice = [
  'Jetmesh needs a nats-server (2.9.10 or newer) and found none on PATH. Three ways to get one:',
  '  1. the package: apt-get install nats-server (Debian, Ubuntu), brew install nats-server (macOS)',
  '  2. a download: a release of github.com/nats-io/nats-server, unpacked into a folder on PATH',
  '  3. a server that already runs, with JetStream on: --nats-url nats://HOST:4222',
].join('\n');
