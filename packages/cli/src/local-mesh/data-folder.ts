import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where everything of one local mesh is kept. */
export interface DataFolder {
  readonly path: string;
  readonly logs: string;
  /** One file a process, named after it, with its process id: `pids/ingress`. */
  readonly pids: string;
  readonly natsConfig: string;
  readonly natsStore: string;
  readonly kubeconfig: string;
  readonly endpoints: string;
  readonly lock: string;
}

export function dataFolderAt(path: string): DataFolder {
  const inside = (name: string) => join(resolve(path), name);
  return {
    path: resolve(path),
    logs: inside('logs'),
    pids: inside('pids'),
    natsConfig: inside('nats.conf'),
    natsStore: inside('nats'),
    kubeconfig: inside('kubeconfig'),
    endpoints: inside('endpoints.json'),
    lock: inside('lock'),
  };
}

/** Makes the folder; `clean` first removes what an earlier run left, events and resources included. */
export function prepareDataFolder(folder: DataFolder, clean: boolean): void {
  if (clean) {
    for (const part of [folder.logs, folder.natsStore, folder.kubeconfig]) {
      rmSync(part, { recursive: true, force: true });
    }
  }
  rmSync(folder.endpoints, { force: true });
  mkdirSync(folder.logs, { recursive: true });
  mkdirSync(folder.pids, { recursive: true });
}
