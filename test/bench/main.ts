import { BenchChild } from './bench-child.ts';
import { startBenchMesh } from './bench-mesh.ts';
import { goalLine, isOverLimit, type Goal } from './goals.ts';
import { Scenarios, type ScenarioResult } from './scenarios.ts';

/**
 * `npm run bench [-- COUNT]`: floors and system side by side in one run. Read the CPU and the ratios: rates move with
 * the machine. `--guard` exits 1 when a ratio is over its limit.
 */
const count = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 30_000);
if (process.platform !== 'linux') {
  console.error('The bench reads CPU times from /proc: it needs Linux.');
  process.exit(1);
}

const mesh = await startBenchMesh();
const load = new BenchChild('load-generator');
const scenarios = new Scenarios(mesh, load, count);

const bare = await scenarios.bareServer();
const ingress = await scenarios.ingress();
const adapter = await scenarios.adapter();
const { full, paced } = await scenarios.endToEnd();
load.stop();
await mesh.stop();

const unit = bare.cpu.server ?? Number.NaN;
printTable([bare, ingress, adapter, full]);
console.log(
  `\n500 events/s paced: delivery p50 ${paced.p50} ms (goal 0.6), p99 ${paced.p99} ms (goal 5)\n`,
);

const goals = goalsOf();
goals.forEach((goal) => console.log(goalLine(goal)));
if (process.argv.includes('--guard') && goals.some(isOverLimit)) process.exitCode = 1;

function goalsOf(): Goal[] {
  const sum = ({ cpu }: ScenarioResult, ...names: string[]) =>
    names.reduce((total, name) => total + (cpu[name] ?? Number.NaN), 0) / unit;
  return [
    { name: 'ingress process', ratio: sum(ingress, 'ingress'), goal: 2.5, limit: 3.5 },
    {
      name: 'nats-server beside the ingress',
      ratio: sum(ingress, 'nats-server'),
      goal: 1,
      limit: 2,
    },
    { name: 'dispatcher per delivery', ratio: sum(full, 'dispatcher'), goal: 3, limit: 5 },
    {
      name: 'ingress + dispatcher + nats-server end to end',
      ratio: sum(full, 'ingress', 'dispatcher', 'nats-server'),
      goal: 7.5,
      limit: 12,
    },
    { name: 'adapter hop', ratio: sum(adapter, 'http-source-adapter'), goal: 3, limit: 6 },
  ];
}

function printTable(results: readonly ScenarioResult[]): void {
  console.log(
    `${count} events of 1 KiB, 64 connections; the unit is ${unit.toFixed(1)} µs of CPU\n`,
  );
  for (const { name, report, cpu } of results) {
    const rate = (report.accepted / report.seconds).toFixed(0).padStart(6);
    const times = `p50 ${report.p50.toFixed(1)} ms  p99 ${report.p99.toFixed(1)} ms`;
    const costs = Object.entries(cpu).map(([process, us]) => `${process} ${us.toFixed(1)}`);
    const other = report.other === 0 ? '' : `  ${report.other} not accepted`;
    console.log(`${name.padEnd(32)}${rate} req/s  ${times}  CPU µs: ${costs.join(', ')}${other}`);
  }
}
