import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A child process of the bench, from a module beside this one. */
export class BenchChild {
  readonly #child: ChildProcess;

  constructor(module: string, ...words: readonly string[]) {
    this.#child = fork(fileURLToPath(new URL(`./${module}.js`, import.meta.url)), words);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async message<T>(): Promise<T> {
    const [message] = (await once(this.#child, 'message')) as [T];
    return message;
  }

  async ask<T>(question: object | string): Promise<T> {
    const answer = this.message<T>();
    this.#child.send(question);
    return answer;
  }

  stop(): void {
    this.#child.disconnect();
  }
}
