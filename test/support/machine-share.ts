import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Clock ticks of Linux: a hundredth of a second, whatever the hardware. */
const tickMs = 10;

/**
 * Time as it would have passed on a machine with nothing else to do: what others took of its cores is taken out. For bars
 * in seconds, on machines that are shared. Linux only.
 */
export class MachineShare {
  readonly #pids: readonly number[];
  readonly #startedAtMs = performance.now();
  readonly #othersMs: number;

  /** `pids`: the processes that count as ours. */
  constructor(pids: readonly number[]) {
    this.#pids = pids;
    this.#othersMs = this.#busyOthersMs();
  }

  elapsed(): { readonly wallMs: number; readonly unsharedMs: number } {
    const wallMs = performance.now() - this.#startedAtMs;
    const othersMs = Math.max(0, this.#busyOthersMs() - this.#othersMs);
    return { wallMs, unsharedMs: wallMs - othersMs / availableParallelism() };
  }

  #busyOthersMs(): number {
    const ours = this.#pids.map(processorMs).reduce((sum, each) => sum + each, 0);
    return busyMs() - ours;
  }
}

/** All cores together: user, nice, system, then idle and iowait, then interrupts and what the host took. */
function busyMs(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) * tickMs;
}

function processorMs(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
  const fields = afterName.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
