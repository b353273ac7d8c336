/** How often and when a failed delivery is tried again; durations resolved, nothing optional. */
export interface RetryPolicy {
  /** Retries after the first attempt: a delivery makes at most `retryCount + 1` attempts. */
  readonly retryCount: number;
  readonly backoffPolicy: 'none' | 'linear' | 'exponential';
  readonly backoffDelayMs: number;
  readonly backoffMaxMs: number;
  /** Cap of a subscriber's Retry-After; 0 ignores the header. */
  readonly retryAfterMaxMs: number;
}
