import { cpuMicroseconds } from './process-cpu.ts';

/** CPU µs per event of each named process while `work` handled the number of events that it returns. */
export async function measureCpu(
  pids: Readonly<Record<string, number>>,
  work: () => Promise<number>,
): Promise<Record<string, number>> {
  const before = read(pids);
  const events = await work();
  const after = read(pids);
  return Object.fromEntries(
    Object.keys(pids).map((name) => [name, ((after[name] ?? 0) - (before[name] ?? 0)) / events]),
  );
}

function read(pids: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => [name, cpuMicroseconds(pid)]),
  );
}
