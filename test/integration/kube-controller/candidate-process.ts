import { ModuleProcess } from './module-process.ts';

export interface CandidateSettings {
  readonly kubeconfig: string;
  readonly name: string;
  readonly identity: string;
  readonly leaseDurationMs: number;
  readonly renewDeadlineMs: number;
  readonly retryPeriodMs: number;
}

/** A candidate for a Lease in a process of its own. It says `started` and `stopped`. */
export function startCandidate(settings: CandidateSettings): ModuleProcess {
  return new ModuleProcess(`
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
    }).start(new AbortController().signal);`);
}
