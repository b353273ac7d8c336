import { kubeconfigFor } from '@jetmesh/kube-api-server';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../support/eventually.ts';
import { freePort } from '../../support/free-port.ts';
import type { KubeApiAccess } from './kube-api-under-test.ts';

export const programMains = {
  ingress: 'broker/src/ingress/main.ts',
  dispatcher: 'broker/src/dispatcher/main.ts',
  'trigger-controller': 'trigger-controller/src/main.ts',
  'subscription-bridge': 'subscription-bridge/src/main.ts',
  'http-source-adapter': 'http-source-adapter/src/main.ts',
} as const;
export type ProgramName = keyof typeof programMains;

export interface ProgramUnderAccount {
  readonly kubeconfig: string;
  readonly readyUrl: string;
  untilReady(): Promise<void>;
  log(): string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** A program as its own process, which knows the Kubernetes API by the token of its ServiceAccount and by nothing else. */
export async function startProgramUnderAccount(
  name: ProgramName,
  options: {
    folder: string;
    api: KubeApiAccess;
    token: string;
    env: Readonly<Record<string, string>>;
  },
): Promise<ProgramUnderAccount> {
  const { url, certificateAuthority } = options.api;
  const kubeconfig = join(options.folder, `${name}.kubeconfig`);
  const access = { url, bearerToken: options.token };
  const trust = certificateAuthority === undefined ? {} : { certificateAuthority };
  await writeFile(kubeconfig, kubeconfigFor({ ...access, ...trust }));
  const adminPort = await freePort();
  const hooks = new URL('../../../scripts/typescript-hooks.mjs', import.meta.url).href;
  const main = fileURLToPath(new URL(`../../../packages/${programMains[name]}`, import.meta.url));
  const flags = ['--conditions=@jetmesh/source', `--import=${hooks}`];
  const child = spawn(process.execPath, [...flags, main], {
    env: {
      KUBECONFIG: kubeconfig,
      POD_NAME: `${name}-0`,
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: String(adminPort),
      HTTP_HOST: '127.0.0.1',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  }
  const readyUrl = `http://127.0.0.1:${adminPort}/readyz`;
  return {
    kubeconfig,
    readyUrl,
    log: () => log,
    async untilReady() {
      await eventually(
        async () => {
          const answer = await fetch(readyUrl);
          if (!answer.ok) throw new Error(`${name}: ${await answer.text()}\n${log}`);
          return true;
        },
        { timeoutMs: 30_000 },
      );
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}
