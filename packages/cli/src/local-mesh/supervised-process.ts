import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, rmSync, writeFileSync, type WriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface ProcessSpecification {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Holds the process id while it runs. */
  readonly pidFile: string;
}

const firstRestartDelayMs = 250;
const lastRestartDelayMs = 10_000;
/** A process that ran this long is healthy again: its next restart is prompt. */
const healthyAfterMs = 30_000;
const stopDeadlineMs = 25_000;

/**
 * A child process that is meant to run until `stop`.
 *
 * starting → running → (exits) waiting → starting …, each wait twice the last; → stopping → stopped, for good.
 * It has an IPC channel, so that a program also ends when its supervisor is gone without a word.
 */
export class SupervisedProcess {
  readonly specification: ProcessSpecification;
  readonly #onRestart: (name: string, exit: string) => void;
  readonly #log: WriteStream;
  readonly #stopping = new AbortController();
  #child: ChildProcess | undefined;
  #running: Promise<void> | undefined;

  constructor(
    specification: ProcessSpecification,
    onRestart: (name: string, exit: string) => void,
  ) {
    this.specification = specification;
    this.#onRestart = onRestart;
    this.#log = createWriteStream(specification.logFile, { flags: 'a' });
  }

  start(): void {
    this.#running ??= this.#keepRunning();
  }

  /** SIGTERM, then SIGKILL when it is still there after its deadline. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    child?.kill('SIGTERM');
    const killer = setTimeout(() => child?.kill('SIGKILL'), stopDeadlineMs);
    await this.#running;
    clearTimeout(killer);
    this.#log.end();
  }

  async #keepRunning(): Promise<void> {
    const { signal } = this.#stopping;
    let restartDelayMs = firstRestartDelayMs;
    while (!this.#isStopping()) {
      const startedAt = Date.now();
      const exit = await this.#runOnce();
      if (this.#isStopping()) return;
      if (Date.now() - startedAt > healthyAfterMs) restartDelayMs = firstRestartDelayMs;
      this.#onRestart(this.specification.name, exit);
      await delay(restartDelayMs, undefined, { signal }).catch(() => undefined);
      restartDelayMs = Math.min(restartDelayMs * 2, lastRestartDelayMs);
    }
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #runOnce(): Promise<string> {
    const { command, args, env, pidFile } = this.specification;
    // In a process group of its own: Ctrl-C reaches the supervisor alone, which stops them in order.
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.#child = child;
    child.stdout?.pipe(this.#log, { end: false });
    child.stderr?.pipe(this.#log, { end: false });
    if (child.pid !== undefined) writeFileSync(pidFile, String(child.pid));
    try {
      const [code, killedBy] = (await once(child, 'exit')) as [number | null, string | null];
      return killedBy ?? `exit code ${String(code)}`;
    } catch (error) {
      return (error as Error).message;
    } finally {
      rmSync(pidFile, { force: true });
    }
  }
}
