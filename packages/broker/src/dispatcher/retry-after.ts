import { headerValue } from './header-value.ts';

/** Milliseconds that a Retry-After header asks for: seconds or an HTTP-date; undefined without a usable header. */
export function retryAfterMs(headers: readonly string[], nowMs: number): number | undefined {
  const value = headerValue(headers, 'retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
