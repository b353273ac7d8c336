import { repeat } from '@jetmesh/kube-controller';
import { healthAfter, type Health, type ProbeOutcome } from './health.ts';

export interface HealthWatchOptions {
  /** Undefined: nothing is probed. */
  readonly probe: (() => Promise<ProbeOutcome>) | undefined;
  readonly intervalMs: number;
  /** Its health became another. */
  readonly onChange: () => void;
}

/** Probes one program at regular times, however many Brokers depend on it. */
export class HealthWatch {
  readonly #options: HealthWatchOptions;
  #health: Health;

  constructor(options: HealthWatchOptions) {
    this.#options = options;
    this.#health =
      options.probe === undefined ? { kind: 'not-probed' } : { kind: 'unknown', failureCount: 0 };
  }

  get health(): Health {
    return this.#health;
  }

  /** Probes until the signal; the first probe is over when `look` was called before. */
  async run(signal: AbortSignal): Promise<void> {
    if (this.#options.probe === undefined) return;
    await repeat(() => this.look(), this.#options.intervalMs, signal);
  }

  async look(): Promise<void> {
    const { probe, onChange } = this.#options;
    if (probe === undefined) return;
    const before = this.#health;
    this.#health = healthAfter(before, await probe());
    if (this.#health.kind !== before.kind) onChange();
  }
}
