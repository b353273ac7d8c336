import { createApplication, createTrigger } from '../support/quickstart.ts';
import { BenchSubscriber } from './bench-subscriber.ts';
import type { MeasuredLoad } from './measured-load.ts';

const eventCount = 3_000;

/** Events per second to a subscriber that takes 50 ms for each, with the default bound of 32 open requests. */
export async function slowSubscriber(load: MeasuredLoad): Promise<number> {
  const subscriber = await BenchSubscriber.start({ delayMs: 50 });
  const { client } = load.mesh;
  await createApplication(client, 'bench-slow');
  await createTrigger(client, { namespace: 'bench-slow', name: 'slow', uri: subscriber.url });
  const target = { port: load.ingressPort, path: '/bench-slow/default', type: 'bench' };
  const startedAt = performance.now();
  const { accepted } = await load.send({ ...target, count: eventCount });
  await subscriber.untilCounted(accepted);
  const seconds = (performance.now() - startedAt) / 1000;
  subscriber.stop();
  return accepted / seconds;
}
