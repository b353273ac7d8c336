import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Makes this process the only mesh on a data folder; two nats-servers on one store would destroy it. */
export function lockDataFolder(lockFile: string): () => void {
  const holder = holderOf(lockFile);
  if (holder !== undefined && isAlive(holder)) throw new DataFolderInUseError(lockFile, holder);
  writeFileSync(lockFile, String(process.pid));
  return () => rmSync(lockFile, { force: true });
}

class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError';
  readonly code = 'data_folder_in_use';

  constructor(lockFile: string, holder: number) {
    super(
      `A local mesh already runs on this folder (process ${holder}, "${lockFile}"); stop it or give another --data`,
    );
  }
}

function holderOf(lockFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    return Number.isInteger(pid) && pid > 0 && pid !== process.pid ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
