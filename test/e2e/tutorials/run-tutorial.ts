import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findKubectl } from '../../integration/kube-api-server/kubectl/find-kubectl.ts';
import { freePort } from '../../support/free-port.ts';
import type { MeshProcess } from '../../support/mesh-process.ts';
import type { TutorialStep } from './read-tutorial.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const jetmesh = join(repository, 'scripts/jetmesh.mjs');
const hooks = join(repository, 'scripts/typescript-hooks.mjs');
const standIn = fileURLToPath(new URL('kubectl-stand-in.ts', import.meta.url));
const deadlineMs = 150_000;
/** Of the function, in every tutorial. */
const writtenPort = '3000';

/** What each step printed; a step after the first that failed has printed nothing. */
export interface TutorialRun {
  readonly code: number | null;
  readonly outputs: readonly string[];
}

/**
 * Runs the commands in one shell, as a reader does, but in a folder of their own, with this mesh in the place of
 * the reader's and a free port for the function.
 */
export async function runTutorial(
  steps: readonly TutorialStep[],
  mesh: MeshProcess,
): Promise<TutorialRun> {
  const folder = mkdtempSync(join(tmpdir(), 'jetmesh-tutorial-'));
  const port = String(await freePort());
  const script = steps
    .map(({ commands }, index) => `echo '${mark(index)}'\n${placed(commands, mesh, port)}`)
    .join('\n');
  writeFileSync(
    join(folder, 'tutorial.sh'),
    `set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n${script}`,
  );
  const child = spawn('bash', ['tutorial.sh'], {
    cwd: folder,
    env: { ...process.env, PATH: pathWithKubectl(folder) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: deadlineMs,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  rmSync(folder, { recursive: true });
  const outputs = steps.map((_, index) => {
    const printed = output.split(`${mark(index)}\n`)[1]?.split(`${mark(index + 1)}\n`)[0] ?? '';
    return printed.replaceAll(`:${port}`, `:${writtenPort}`);
  });
  return { code, outputs };
}

function mark(index: number): string {
  return `@@ step ${index} @@`;
}

function placed(commands: string, mesh: MeshProcess, port: string): string {
  return commands
    .replace('npm run -s jetmesh -- "$@"', `node ${jetmesh} "$@" --data ${mesh.data}`)
    .replaceAll('.jetmesh/kubeconfig', join(mesh.data, 'kubeconfig'))
    .replaceAll('http://127.0.0.1:8080', mesh.endpoints.adapter)
    .replaceAll('examples/', join(repository, 'examples/'))
    .replaceAll(writtenPort, port);
}

/** Where there is no kubectl a script stands in, which knows what tutorials ask. */
function pathWithKubectl(folder: string): string {
  const path = process.env.PATH ?? '';
  if (findKubectl() !== undefined) return path;
  process.stdout.write('kubectl is missing: a stand-in runs its commands of the tutorials\n');
  const command = `exec node --conditions=@jetmesh/source --import=${hooks} ${standIn} "$@"`;
  writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  return `${folder}${delimiter}${path}`;
}
