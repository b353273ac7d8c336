import { createApplication, createTrigger } from '../support/quickstart.ts';
import { BenchChild } from './bench-child.ts';
import { portOf } from './bench-mesh.ts';
import { BenchSubscriber, type SubscriberCount } from './bench-subscriber.ts';
import type { LoadOrder } from './load-generator.ts';
import type { MeasuredLoad, ScenarioResult } from './measured-load.ts';

/** Floor: a bare node:http server that reads the body and answers 202. */
export async function bareServer(load: MeasuredLoad): Promise<ScenarioResult> {
  const server = new BenchChild('bare-server');
  const { port } = await server.message<{ port: number }>();
  const target = { port, path: '/', type: 'bench' };
  const result = await load.closedLoop('bare node:http', target, { server: server.pid });
  server.stop();
  return result;
}

/** POST → PubAck → 202 on a Broker without Triggers. */
export async function ingress(load: MeasuredLoad): Promise<ScenarioResult> {
  await createApplication(load.mesh.client, 'bench-ingress');
  const target = { port: load.ingressPort, path: '/bench-ingress/default', type: 'bench' };
  const pids = load.pids('ingress', 'nats-server');
  return load.closedLoop('ingress (POST → PubAck → 202)', target, pids);
}

/** The adapter in front of the same. */
export async function adapter(load: MeasuredLoad): Promise<ScenarioResult> {
  const port = portOf(load.mesh.endpoints.adapter);
  const target = { port, path: '/bench-ingress/events', type: 'bench' };
  const pids = load.pids('http-source-adapter', 'ingress', 'nats-server');
  return load.closedLoop('adapter in front of ingress', target, pids);
}

/** One Trigger to a trivial subscriber: as fast as it goes, then paced at 500 events/s. */
export async function endToEnd(
  load: MeasuredLoad,
): Promise<{ full: ScenarioResult; paced: SubscriberCount }> {
  const subscriber = await BenchSubscriber.start();
  const { client } = load.mesh;
  await createApplication(client, 'bench-delivery');
  await createTrigger(client, { namespace: 'bench-delivery', name: 'all', uri: subscriber.url });
  const target = { port: load.ingressPort, path: '/bench-delivery/default', type: 'bench' };

  const deliverAll = async (order: Partial<LoadOrder>) => {
    const report = await load.send({ ...target, ...order });
    await subscriber.untilCounted(report.accepted);
    return report;
  };
  await deliverAll({ count: 2_000 });
  await subscriber.reset();
  const pids = load.pids('ingress', 'dispatcher', 'nats-server');
  const full = await load.measured('end to end, one Trigger', pids, () => deliverAll({}));
  await subscriber.reset();
  await deliverAll({ rate: 500, count: 2_500, connections: 16 });
  const paced = await subscriber.reset();
  subscriber.stop();
  return { full, paced };
}
