/** Latencies in buckets of 20 µs up to 20 s: percentiles without keeping every sample. */
export class LatencyHistogram {
  readonly #counts = new Map<number, number>();
  #total = 0;

  record(latencyMs: number): void {
    const bucket = Math.min(1_000_000, Math.max(0, Math.round(latencyMs * 50)));
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
    this.#total += 1;
  }

  get count(): number {
    return this.#total;
  }

  /** The latency in ms that `share` of all samples do not exceed; 0 without samples. */
  percentile(share: number): number {
    let seen = 0;
    for (const [bucket, count] of [...this.#counts].sort(([a], [b]) => a - b)) {
      seen += count;
      if (seen >= share * this.#total) return bucket / 50;
    }
    return 0;
  }
}
