import { readFileSync } from 'node:fs';

/** Ticks of /proc/<pid>/stat per second: fixed to 100 in Linux's interface to user space. */
const ticksPerSecond = 100;

/** CPU time of a process since its start, user and system, in µs (Linux only). */
export function cpuMicroseconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; fields count from behind it: utime is 14th, stime 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1_000_000;
}
