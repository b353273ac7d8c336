import type { Logger } from '@jetmesh/service-runtime';
import type { ForwardFailure } from './forward-outcome.ts';

const quietMs = 10_000;

/** Logs failures to forward: each kind at once, and then at most every ten seconds with the number of those left out. */
export class ForwardFailureLog {
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #now: () => number;
  readonly #last = new Map<string, { loggedAt: number; leftOutCount: number }>();

  constructor(logger: Pick<Logger, 'warn'>, now: () => number) {
    this.#logger = logger;
    this.#now = now;
  }

  add({ kind, detail }: ForwardFailure): void {
    const last = this.#last.get(kind);
    const now = this.#now();
    if (last !== undefined && now - last.loggedAt < quietMs) {
      last.leftOutCount += 1;
      return;
    }
    const leftOutCount = last?.leftOutCount ?? 0;
    this.#last.set(kind, { loggedAt: now, leftOutCount: 0 });
    this.#logger.warn('An event was not stored; its sender was told', {
      kind,
      detail,
      leftOutCount,
    });
  }
}
