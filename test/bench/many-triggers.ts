import { isReady, triggerKind, type Trigger } from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import { eventually } from '../support/eventually.ts';
import { createApplication } from '../support/quickstart.ts';
import { BenchSubscriber } from './bench-subscriber.ts';
import type { LoadOrder } from './load-generator.ts';
import type { MeasuredLoad, ScenarioResult } from './measured-load.ts';

/** One Broker whose Triggers want a type each; the events are of the types of the first `activeCount`, in turn. */
export async function manyTriggers(
  load: MeasuredLoad,
  { triggerCount, activeCount }: { triggerCount: number; activeCount: number },
): Promise<ScenarioResult> {
  const namespace = `bench-${activeCount}-of-${triggerCount}`;
  const subscriber = await BenchSubscriber.start();
  const { client } = load.mesh;
  await createApplication(client, namespace);
  await createTriggers(client, { namespace, triggerCount, uri: subscriber.url });
  const path = `/${namespace}/default`;
  const target = { port: load.ingressPort, path, type: 'bench', typeCount: activeCount };

  const deliverAll = async (order: Partial<LoadOrder>) => {
    const report = await load.send({ ...target, ...order });
    await subscriber.untilCounted(report.accepted);
    return report;
  };
  await deliverAll({ count: 2_000 });
  await subscriber.reset();
  const pids = load.pids('ingress', 'dispatcher', 'nats-server');
  const name = `Triggers: ${triggerCount}, active: ${activeCount}`;
  const result = await load.measured(name, pids, () => deliverAll({}));
  subscriber.stop();
  return result;
}

async function createTriggers(
  client: KubeClient,
  options: { namespace: string; triggerCount: number; uri: string },
): Promise<void> {
  const { namespace, triggerCount, uri } = options;
  for (let index = 0; index < triggerCount; index += 1) {
    await client.create<Trigger>(triggerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: { name: `trigger-${index}`, namespace },
      spec: {
        broker: 'default',
        filters: [{ exact: { type: `bench.${index}` } }],
        subscriber: { uri },
      },
    });
  }
  await eventually(
    async () => {
      const { items } = await client.list<Trigger>(triggerKind, { namespace });
      return items.filter(isReady).length === triggerCount;
    },
    { timeoutMs: 120_000, intervalMs: 500 },
  );
}
