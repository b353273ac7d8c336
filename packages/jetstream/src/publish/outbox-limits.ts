export interface OutboxLimits {
  readonly maxOutstandingCount: number;
  readonly maxOutstandingBytes: number;
  /** From the call to the outcome, repetitions included. */
  readonly deadlineMs: number;
}
