import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const jetmesh = fileURLToPath(new URL('../../../scripts/jetmesh.mjs', import.meta.url));

/** The command as a user runs it; `output` is what it wrote to both streams. With `killAfter` it ends when it has written that. */
export async function runJetmesh(
  words: readonly string[],
  { killAfter }: { killAfter?: string } = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [jetmesh, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: the script starts the command as its child.
    detached: killAfter !== undefined,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (killAfter !== undefined && output.includes(killAfter)) killAll(child);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
