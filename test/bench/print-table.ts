import type { ScenarioResult } from './measured-load.ts';

/** One printed line a scenario. */
export function printTable(results: readonly ScenarioResult[]): void {
  for (const { name, report, cpu } of results) {
    const rate = (report.accepted / report.seconds).toFixed(0).padStart(6);
    const times = `p50 ${report.p50.toFixed(1)} ms  p99 ${report.p99.toFixed(1)} ms`;
    const costs = Object.entries(cpu).map(([process, us]) => `${process} ${us.toFixed(1)}`);
    const other = report.other === 0 ? '' : `  ${report.other} not accepted`;
    console.log(`${name.padEnd(32)}${rate} req/s  ${times}  CPU µs: ${costs.join(', ')}${other}`);
  }
}
