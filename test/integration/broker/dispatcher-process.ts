import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = new URL('../../../packages/broker/src/dispatcher/main.ts', import.meta.url);
const hooks = new URL('../../../scripts/typescript-hooks.mjs', import.meta.url);

/** A dispatcher in a process of its own, to be killed. */
export class DispatcherProcess {
  readonly #child: ChildProcess;

  constructor(variables: Readonly<Record<string, string>>) {
    const flags = ['--conditions=@jetmesh/source', `--import=${hooks.href}`];
    this.#child = spawn(process.execPath, [...flags, fileURLToPath(main)], {
      env: { PATH: process.env.PATH, ...variables },
      stdio: 'ignore',
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends it for good, also when it is stopped. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
