import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KubeApiAccess } from '../support/kube-api-under-test.ts';
import { wordsOf } from './words-of.ts';

export interface KubectlOutcome {
  /** Undefined when it was ended from outside. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface KubectlRun {
  /** What follows `kubectl`. */
  readonly line: string;
  readonly stdin?: string;
  /** For a command that would go on: end it once its output has this. */
  readonly until?: RegExp;
  /** Called once the command has printed something, or has been silent for a second. */
  meanwhile?(): Promise<unknown>;
}

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const deadlineMs = 40_000;

/** kubectl with a home of its own, so that no discovery is cached from another server; files are those of fixtures/. */
export class Kubectl {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #home: string;
  readonly #binary: string;

  private constructor(binary: string, access: KubeApiAccess, home: string) {
    this.#binary = binary;
    this.#home = home;
    const { PATH } = process.env;
    this.#environment = { PATH, HOME: home, KUBECONFIG: access.kubeconfig };
  }

  static async create(binary: string, access: KubeApiAccess): Promise<Kubectl> {
    return new Kubectl(binary, access, await mkdtemp(join(tmpdir(), 'jetmesh-kubectl-')));
  }

  async run(run: KubectlRun): Promise<KubectlOutcome> {
    const child = spawn(this.#binary, wordsOf(run.line), {
      cwd: fixtures,
      env: { ...this.#environment, KUBE_EDITOR: 'sed -i s/edit-me/edited/' },
      timeout: deadlineMs,
    });
    child.stdin.end(run.stdin ?? '');
    const output = { stdout: '', stderr: '' };
    let meanwhile: Promise<unknown> | undefined;
    const startMeanwhile = () => {
      meanwhile ??= run.meanwhile?.();
    };
    const silence = setTimeout(startMeanwhile, 1000);
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        output[stream] += text;
        startMeanwhile();
        if (run.until?.test(output.stdout)) child.kill('SIGKILL');
      });
    }
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(silence);
    await meanwhile;
    return { exitCode: code ?? undefined, ...output };
  }

  async close(): Promise<void> {
    await rm(this.#home, { recursive: true, force: true });
  }
}
