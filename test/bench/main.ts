import { startBenchMesh } from './bench-mesh.ts';
import { filterCosts } from './filter-cost.ts';
import { goalLine, isOverLimit } from './goals.ts';
import { manyTriggers } from './many-triggers.ts';
import { MeasuredLoad } from './measured-load.ts';
import { expressionGoal, measuredGoals } from './measured-goals.ts';
import { printTable } from './print-table.ts';
import { adapter, bareServer, endToEnd, ingress } from './scenarios.ts';
import { slowSubscriber } from './slow-subscriber.ts';

/**
 * `npm run bench [-- COUNT]`: floors and system side by side in one run. Read the CPU and the ratios: rates move with
 * the machine. `--guard` leaves out what takes long, and exits 1 when a ratio is over its limit.
 */
const count = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 30_000);
const isGuard = process.argv.includes('--guard');
if (process.platform !== 'linux') {
  console.error('The bench reads CPU times from /proc: it needs Linux.');
  process.exit(1);
}

const filterCost = filterCosts();
const mesh = await startBenchMesh();
const load = new MeasuredLoad(mesh, count);

const hops = {
  bare: await bareServer(load),
  ingress: await ingress(load),
  adapter: await adapter(load),
  ...(await endToEnd(load)),
};
const fans = {
  one: await manyTriggers(load, { triggerCount: 1, activeCount: 1 }),
  oneOfTen: await manyTriggers(load, { triggerCount: 10, activeCount: 1 }),
  ten: await manyTriggers(load, { triggerCount: 10, activeCount: 10 }),
  hundred: isGuard ? undefined : await manyTriggers(load, { triggerCount: 100, activeCount: 100 }),
  thousand: isGuard
    ? undefined
    : await manyTriggers(load, { triggerCount: 1_000, activeCount: 1_000 }),
};
const slow = await slowSubscriber(load);
load.stop();
await mesh.stop();

const unit = hops.bare.cpu.server ?? Number.NaN;
console.log(`${count} events of 1 KiB, 64 connections; the unit is ${unit.toFixed(1)} µs of CPU\n`);
const { bare, ingress: stored, adapter: forwarded, full, paced } = hops;
printTable([
  bare,
  stored,
  forwarded,
  full,
  ...Object.values(fans).filter((fan) => fan !== undefined),
]);
console.log(
  `\n500 events/s paced: delivery p50 ${paced.p50} ms (goal 0.6), p99 ${paced.p99} ms (goal 5)`,
  `\na subscriber that takes 50 ms, 32 in flight: ${slow.toFixed(0)} events/s (goal 600)\n`,
);
console.log(
  `ns per evaluation: ${filterCost.map(({ name, nanoseconds }) => `${name} ${nanoseconds.toFixed(0)}`).join(', ')}\n`,
);
const goals = [...measuredGoals(hops, fans, unit), expressionGoal(filterCost)];
goals.forEach((goal) => console.log(goalLine(goal)));
if (isGuard && goals.some(isOverLimit)) process.exitCode = 1;
