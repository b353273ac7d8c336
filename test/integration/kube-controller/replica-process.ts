import type { CandidateSettings } from './candidate-process.ts';
import { ModuleProcess } from './module-process.ts';

/**
 * One replica of a controller that writes its name into the status of each Trigger of the Namespace `team`, while it leads.
 * It says `started`, `stopped`, `works NAME` and `OUTCOME NAME`.
 */
export function startReplica(settings: CandidateSettings): ModuleProcess {
  return new ModuleProcess(`
    import { triggerKind } from '@jetmesh/eventing-api';
    import { Controller, LeaderElector, loadKubeClient, Reflector, writeStatus } from '@jetmesh/kube-controller';
    import { setTimeout as delay } from 'node:timers/promises';
    const { kubeconfig, ...settings } = ${JSON.stringify(settings)};
    const nothing = () => undefined;
    const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
    const client = await loadKubeClient({ kubeconfig });
    const triggers = new Reflector({ client, kind: triggerKind, namespace: 'team', logger });
    async function reconcile(key, signal) {
      const trigger = triggers.store.get(key);
      if (trigger === undefined) return { kind: 'gone' };
      const { generation, name } = trigger.metadata;
      if (trigger.status?.observedGeneration === generation) return { kind: 'done' };
      console.log('works ' + name);
      await delay(20);
      signal.throwIfAborted();
      const subscriberUri = 'http://' + settings.identity;
      const status = { observedGeneration: generation, subscriberUri };
      console.log(await writeStatus(client, triggerKind, trigger, status) + ' ' + name);
      return { kind: 'done' };
    }
    new LeaderElector({
      ...settings,
      client,
      logger,
      namespace: 'team',
      onStoppedLeading: () => console.log('stopped'),
      onStartedLeading(signal) {
        console.log('started');
        const controller = new Controller({ name: 'replica', workerCount: 2, reconcile, logger });
        triggers.subscribe(({ key }) => controller.queue.add(key));
        for (const { metadata } of triggers.store.list()) controller.queue.add('team/' + metadata.name);
        controller.start(signal);
      },
    }).start(new AbortController().signal);
    triggers.start(new AbortController().signal);`);
}
