import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const jetmesh = fileURLToPath(new URL('../../scripts/jetmesh.mjs', import.meta.url));
const anyPorts = ['adapter', 'ingress', 'kubernetes', 'nats'].flatMap((door) => [
  '--port',
  `${door}=0`,
]);

export interface DemoRun {
  readonly code: number | null;
  readonly output: string;
  /** From the command to the first delivery; undefined when there was none. */
  readonly firstDeliveryMs: number | undefined;
}

/** `jetmesh demo --once` with these flags, on free ports and a folder of its own; from the checkout, or by another launcher. */
export async function runDemo(
  flags: readonly string[] = [],
  launcher: { main: string; cwd?: string } = { main: jetmesh },
): Promise<DemoRun> {
  const data = mkdtempSync(join(tmpdir(), 'jetmesh-demo-'));
  const words = [launcher.main, 'demo', '--once', '--data', data, ...anyPorts, ...flags];
  const startedAt = Date.now();
  const child = spawn(process.execPath, words, {
    cwd: launcher.cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let firstDeliveryMs: number | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes('received')) firstDeliveryMs ??= Date.now() - startedAt;
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  rmSync(data, { recursive: true, force: true });
  return { code, output, firstDeliveryMs };
}
