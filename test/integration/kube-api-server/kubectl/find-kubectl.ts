import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The kubectl on PATH; undefined when there is none. */
export function findKubectl(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, 'kubectl')).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
