import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { eventually } from '../../support/eventually.ts';

export interface ServerProcess {
  /** Waits until `probe` says yes; fails at once, with the end of the log, when the process ends before. */
  until(probe: () => Promise<boolean>): Promise<void>;
  /** SIGTERM, then SIGKILL when it takes too long. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** A server as a child process with its output in a file. */
export function startServerProcess(options: {
  binary: string;
  flags: Readonly<Record<string, string>>;
  logFile: string;
}): ServerProcess {
  const { binary, flags, logFile } = options;
  const words = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  const child = spawn(binary, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });

  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`exit ${code ?? signal ?? ''}`));
  });
  const failure = async (what: string) => {
    const lines = (await readFile(logFile, 'utf8').catch(() => '')).trimEnd().split('\n');
    return new Error(`${binary} ${what}:\n${lines.slice(-20).join('\n')}`);
  };
  return {
    async until(probe) {
      const isReady = eventually(probe, { timeoutMs: 60_000, intervalMs: 100 }).then(
        () => undefined,
        () => 'is not ready',
      );
      const problem = await Promise.race([isReady, ended]);
      if (problem !== undefined) throw await failure(problem);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      if (hasEnded(child)) return;
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(impatience);
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
