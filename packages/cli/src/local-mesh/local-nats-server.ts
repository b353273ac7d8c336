import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { natsServerConfig } from '../nats-server/nats-server-config.ts';
import type { DataFolder } from './data-folder.ts';
import type { ProcessSpecification } from './supervised-process.ts';

/** Writes the configuration and says how the nats-server of a local mesh is started. */
export function localNatsServer(
  binary: string,
  folder: DataFolder,
  port: number,
): ProcessSpecification {
  writeFileSync(
    folder.natsConfig,
    natsServerConfig({ host: '127.0.0.1', port, storeDir: folder.natsStore }),
  );
  return {
    name: 'nats-server',
    command: binary,
    args: ['-c', folder.natsConfig],
    env: {},
    logFile: join(folder.logs, 'nats-server.log'),
    pidFile: pidFileOf(folder),
  };
}

/**
 * Ends a nats-server that outlived a mesh that was killed: it still holds the store.
 * Only a process whose command line names this folder's configuration is touched.
 */
export function endLeftoverNatsServer(folder: DataFolder): void {
  const pid = readPid(pidFileOf(folder));
  if (pid === undefined) return;
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  if (typeof stdout === 'string' && stdout.includes(folder.natsConfig))
    process.kill(pid, 'SIGTERM');
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').trim());
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function pidFileOf(folder: DataFolder): string {
  return join(folder.pids, 'nats-server');
}
