import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { MeshProcess } from '../support/mesh-process.ts';

const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const hooks = new URL('../../scripts/typescript-hooks.mjs', import.meta.url).href;
const fromSource = ['--conditions=@jetmesh/source', `--import=${hooks}`];
const run = promisify(execFile);
const maxBuffer = 64 * 1024 ** 2;

/** A parked event as `jetmesh dead-letters list -o json` prints it. */
export interface ListedEvent {
  readonly sequence: number;
  readonly trigger: string;
  readonly reason: string;
  readonly id: string;
}

/** What a command prints; it rejects with what the command complains of. */
export async function runDeadLetters(mesh: MeshProcess, ...words: string[]): Promise<string> {
  const command = [...fromSource, main, 'dead-letters', ...words, '--data', mesh.data];
  const { stdout } = await run(process.execPath, command, { maxBuffer });
  return stdout;
}

export async function listDeadLetters(
  mesh: MeshProcess,
  ...words: string[]
): Promise<ListedEvent[]> {
  const output = await runDeadLetters(mesh, 'list', '-o', 'json', ...words);
  const lines = output.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as ListedEvent);
}
