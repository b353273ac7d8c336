import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const hooks = new URL('../../../scripts/typescript-hooks.mjs', import.meta.url).href;
const cwd = new URL('../../..', import.meta.url);

export interface CandidateSettings {
  readonly kubeconfig: string;
  readonly name: string;
  readonly identity: string;
  readonly leaseDurationMs: number;
  readonly renewDeadlineMs: number;
  readonly retryPeriodMs: number;
}

/** A candidate for a Lease in a process of its own, to be killed or paused. It says `started` and `stopped`. */
export class CandidateProcess {
  readonly #child: ChildProcess;
  #said = '';

  constructor(settings: CandidateSettings) {
    const code = `
      import { LeaderElector, loadKubeClient } from '@jetmesh/kube-controller';
      const { kubeconfig, ...settings } = ${JSON.stringify(settings)};
      const nothing = () => undefined;
      new LeaderElector({
        ...settings,
        namespace: 'default',
        client: await loadKubeClient({ kubeconfig }),
        logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
        onStartedLeading: () => console.log('started'),
        onStoppedLeading: () => console.log('stopped'),
      }).start(new AbortController().signal);`;
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
