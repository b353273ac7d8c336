import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const anyPorts = ['adapter', 'ingress', 'kubernetes', 'nats'].flatMap((door) => [
  '--port',
  `${door}=0`,
]);

/** `jetmesh up` as a user runs it, with every program a process of its own. */
export interface MeshProcess {
  readonly data: string;
  readonly endpoints: { adapter: string; ingress: string; kubernetes: string; nats: string };
  readonly client: KubeClient;
  output(): string;
  /** Process id of one of its processes, such as `ingress` or `nats-server`. */
  pidOf(name: string): number;
  /** SIGKILLs one process and waits until its supervisor has started it again. */
  killAndAwaitRestart(name: string): Promise<void>;
  /** As Ctrl-C does; `keepData` leaves the folder for another start. */
  stop(options?: { keepData?: boolean }): Promise<void>;
}

export async function startMeshProcess(
  options: {
    data?: string;
    flags?: readonly string[];
    nodeFlags?: readonly string[];
    main?: string;
    cwd?: string;
    env?: Readonly<Record<string, string>>;
  } = {},
): Promise<MeshProcess> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'jetmesh-mesh-'));
  const command = ['up', '--data', data, ...anyPorts, ...(options.flags ?? [])];
  const child = spawn(process.execPath, [...sourceFlags(options), mainOf(options), ...command], {
    cwd: options.cwd ?? repository,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = outputOf(child);
  await untilReady(child, output, data);
  const endpoints = JSON.parse(
    readFileSync(join(data, 'endpoints.json'), 'utf8'),
  ) as MeshProcess['endpoints'];
  const client = await loadKubeClient({ kubeconfig: join(data, 'kubeconfig') });

  const pidOf = (name: string) => Number(readFileSync(join(data, 'pids', name), 'utf8'));
  return {
    data,
    endpoints,
    client,
    output,
    pidOf,
    async killAndAwaitRestart(name) {
      const killed = pidOf(name);
      process.kill(killed, 'SIGKILL');
      await eventually(() => existsSync(join(data, 'pids', name)) && pidOf(name) !== killed);
    },
    async stop({ keepData = false } = {}) {
      await client.close();
      await interrupt(child);
      if (!keepData) rmSync(data, { recursive: true, force: true });
    },
  };
}

function sourceFlags({ nodeFlags }: { nodeFlags?: readonly string[] }): readonly string[] {
  const hooks = new URL('../../scripts/typescript-hooks.mjs', import.meta.url).href;
  return nodeFlags ?? ['--conditions=@jetmesh/source', `--import=${hooks}`, '--enable-source-maps'];
}

function mainOf({ main }: { main?: string }): string {
  return main ?? join(repository, 'packages/cli/src/main.ts');
}

function outputOf(child: ChildProcess): () => string {
  let output = '';
  const keep = (chunk: Buffer) => (output += chunk.toString());
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => output;
}

async function untilReady(child: ChildProcess, output: () => string, data: string): Promise<void> {
  try {
    await eventually(
      () => {
        if (child.exitCode !== null) throw new Error(`jetmesh up ended:\n${output()}`);
        return output().includes('Ready.');
      },
      { timeoutMs: 60_000 },
    );
  } catch (error) {
    await interrupt(child);
    throw new Error(`jetmesh up on ${data} is not ready:\n${output()}`, { cause: error });
  }
}

async function interrupt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  await exited;
}
