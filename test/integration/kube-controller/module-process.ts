import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const hooks = new URL('../../../scripts/typescript-hooks.mjs', import.meta.url).href;
const cwd = new URL('../../..', import.meta.url);

/** A module of a few lines in a process of its own, to be killed or paused; it talks on its standard output. */
export class ModuleProcess {
  readonly #child: ChildProcess;
  #said = '';

  constructor(code: string) {
    const flags = ['--conditions=@jetmesh/source', `--import=${hooks}`, '--input-type=module'];
    this.#child = spawn(process.execPath, [...flags, '-e', code], {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
  }

  get said(): string[] {
    return this.#said.split('\n').filter((line) => line !== '');
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    const isOver = this.#child.exitCode !== null || this.#child.signalCode !== null;
    if (isOver) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
