import type { RetryPolicy } from './retry-policy.ts';

/**
 * How long the retry number `retryIndex` (0 is the first) waits. Linear is the same delay each time and exponential
 * `delay * 2^n` (knative/specs RF-8); a longer Retry-After wins up to its own cap, which the back-off cap does not touch.
 */
export function retryDelayMs(
  policy: RetryPolicy,
  retryIndex: number,
  retryAfterMs: number | undefined,
): number {
  const asked = Math.min(retryAfterMs ?? 0, policy.retryAfterMaxMs);
  return Math.round(Math.max(backoffMs(policy, retryIndex), asked));
}

function backoffMs(policy: RetryPolicy, retryIndex: number): number {
  switch (policy.backoffPolicy) {
    case 'none':
      return 0;
    case 'linear':
      return Math.min(policy.backoffDelayMs, policy.backoffMaxMs);
    case 'exponential':
      return Math.min(policy.backoffDelayMs * 2 ** Math.min(retryIndex, 62), policy.backoffMaxMs);
  }
}
