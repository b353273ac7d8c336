import type { RouteTable } from './route-table.ts';

/**
 * The current table, and older ones that requests still run by. A generation is confirmed only when no request
 * runs by an older one, so that nothing enters the old path of a switch after the confirmation.
 */
export class RoutesInUse {
  #current: RoutesUse;
  readonly #retired = new Set<RoutesUse>();
  readonly #onConfirmed: () => void;

  constructor(table: RouteTable, onConfirmed: () => void) {
    this.#current = { table, requestCount: 0 };
    this.#onConfirmed = onConfirmed;
  }

  get table(): RouteTable {
    return this.#current.table;
  }

  replace(table: RouteTable): void {
    if (this.#current.requestCount > 0) this.#retired.add(this.#current);
    this.#current = { table, requestCount: 0 };
    this.#onConfirmed();
  }

  /** The routes for one request, which must give them back by `leave`. */
  enter(): RoutesUse {
    this.#current.requestCount += 1;
    return this.#current;
  }

  leave(use: RoutesUse): void {
    use.requestCount -= 1;
    if (use.requestCount === 0 && this.#retired.delete(use)) this.#onConfirmed();
  }

  /** By key of the HTTPSource, the oldest generation that any request may still be routed by. */
  confirmedGenerations(): Record<string, number> {
    const confirmed: Record<string, number> = {};
    for (const [key, generation] of this.#current.table.generations) {
      const older = [...this.#retired].map(({ table }) => table.generations.get(key) ?? generation);
      confirmed[key] = Math.min(generation, ...older);
    }
    return confirmed;
  }
}

/** A table and how many requests run by it. */
export interface RoutesUse {
  readonly table: RouteTable;
  requestCount: number;
}
