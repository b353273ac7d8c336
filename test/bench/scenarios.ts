import { eventually } from '../support/eventually.ts';
import type { MeshProcess } from '../support/mesh-process.ts';
import { createApplication, createTrigger } from '../support/quickstart.ts';
import { BenchChild } from './bench-child.ts';
import { portOf } from './bench-mesh.ts';
import type { LoadOrder, LoadReport } from './load-generator.ts';
import { measureCpu } from './measure.ts';

export interface ScenarioResult {
  readonly name: string;
  readonly report: LoadReport;
  /** CPU µs per event of each process that took part. */
  readonly cpu: Readonly<Record<string, number>>;
}

interface SubscriberCount {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
}

const connections = 64;

/** Everything that one run of the bench measures, with the load generator that all scenarios share. */
export class Scenarios {
  readonly #mesh: MeshProcess;
  readonly #load: BenchChild;
  readonly #count: number;

  constructor(mesh: MeshProcess, load: BenchChild, count: number) {
    this.#mesh = mesh;
    this.#load = load;
    this.#count = count;
  }

  /** Floor: a bare node:http server that reads the body and answers 202. */
  async bareServer(): Promise<ScenarioResult> {
    const server = new BenchChild('bare-server');
    const { port } = await server.message<{ port: number }>();
    const result = await this.#closedLoop(
      'bare node:http',
      { port, path: '/', type: 'bench' },
      {
        server: server.pid,
      },
    );
    server.stop();
    return result;
  }

  /** POST → PubAck → 202 on a Broker without Triggers. */
  async ingress(): Promise<ScenarioResult> {
    await createApplication(this.#mesh.client, 'bench-ingress');
    return this.#closedLoop(
      'ingress (POST → PubAck → 202)',
      { port: this.#ingressPort(), path: '/bench-ingress/default', type: 'bench' },
      this.#pids('ingress', 'nats-server'),
    );
  }

  /** The adapter in front of the same. */
  async adapter(): Promise<ScenarioResult> {
    return this.#closedLoop(
      'adapter in front of ingress',
      { port: portOf(this.#mesh.endpoints.adapter), path: '/bench-ingress/events', type: 'bench' },
      this.#pids('http-source-adapter', 'ingress', 'nats-server'),
    );
  }

  /** One Trigger to a trivial subscriber: as fast as it goes, then paced at 500 events/s. */
  async endToEnd(): Promise<{ full: ScenarioResult; paced: SubscriberCount }> {
    const subscriber = new BenchChild('subscriber');
    const { port } = await subscriber.message<{ port: number }>();
    await createApplication(this.#mesh.client, 'bench-delivery');
    const uri = `http://127.0.0.1:${port}`;
    await createTrigger(this.#mesh.client, { namespace: 'bench-delivery', name: 'all', uri });
    const target = { port: this.#ingressPort(), path: '/bench-delivery/default', type: 'bench' };

    const deliverAll = async (order: Partial<LoadOrder>) => {
      const report = await this.#ask({ ...target, ...order });
      await eventually(
        async () => (await subscriber.ask<SubscriberCount>('count')).count >= report.accepted,
        { timeoutMs: 120_000, intervalMs: 100 },
      );
      return report;
    };
    await deliverAll({ count: 2_000 });
    await subscriber.ask('reset');
    const pids = this.#pids('ingress', 'dispatcher', 'nats-server');
    const full = await this.#measured('end to end, one Trigger', pids, () => deliverAll({}));
    await subscriber.ask('reset');
    await deliverAll({ rate: 500, count: 2_500, connections: 16 });
    const paced = await subscriber.ask<SubscriberCount>('reset');
    subscriber.stop();
    return { full, paced };
  }

  #ingressPort(): number {
    return portOf(this.#mesh.endpoints.ingress);
  }

  #pids(...names: string[]): Record<string, number> {
    return Object.fromEntries(names.map((name) => [name, this.#mesh.pidOf(name)]));
  }

  /** A warm-up of a tenth, then the measured load. */
  async #closedLoop(
    name: string,
    target: Pick<LoadOrder, 'port' | 'path' | 'type'>,
    pids: Record<string, number>,
  ): Promise<ScenarioResult> {
    await this.#ask({ ...target, count: Math.ceil(this.#count / 10) });
    return this.#measured(name, pids, () => this.#ask(target));
  }

  async #measured(
    name: string,
    pids: Record<string, number>,
    work: () => Promise<LoadReport>,
  ): Promise<ScenarioResult> {
    let report: LoadReport | undefined;
    const cpu = await measureCpu(pids, async () => {
      report = await work();
      return report.accepted;
    });
    if (report === undefined) throw new Error(`"${name}" did not run`);
    return { name, report, cpu };
  }

  async #ask(order: Partial<LoadOrder> & Pick<LoadOrder, 'port' | 'path' | 'type'>) {
    return this.#load.ask<LoadReport>({ connections, count: this.#count, rate: 0, ...order });
  }
}
