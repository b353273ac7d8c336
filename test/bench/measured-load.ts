import type { MeshProcess } from '../support/mesh-process.ts';
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

export type LoadTarget = Pick<LoadOrder, 'port' | 'path' | 'type'>;

const connections = 64;

/** The load generator that all scenarios share, and what the processes of the mesh spend meanwhile. */
export class MeasuredLoad {
  readonly mesh: MeshProcess;
  readonly count: number;
  readonly #generator = new BenchChild('load-generator');

  constructor(mesh: MeshProcess, count: number) {
    this.mesh = mesh;
    this.count = count;
  }

  get ingressPort(): number {
    return portOf(this.mesh.endpoints.ingress);
  }

  pids(...names: string[]): Record<string, number> {
    return Object.fromEntries(names.map((name) => [name, this.mesh.pidOf(name)]));
  }

  send(order: Partial<LoadOrder> & LoadTarget): Promise<LoadReport> {
    const defaults = { connections, count: this.count, rate: 0, typeCount: 0 };
    return this.#generator.ask<LoadReport>({ ...defaults, ...order });
  }

  /** A warm-up of a tenth, then the measured load. */
  async closedLoop(
    name: string,
    target: LoadTarget,
    pids: Record<string, number>,
  ): Promise<ScenarioResult> {
    await this.send({ ...target, count: Math.ceil(this.count / 10) });
    return this.measured(name, pids, () => this.send(target));
  }

  async measured(
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

  stop(): void {
    this.#generator.stop();
  }
}
