import { KubeApiError } from './kube-api-error.ts';

const mostAttempts = 5;

/**
 * How long to wait before a failed request is repeated; undefined when it must not be. A GET changes nothing, so it is
 * repeated after a broken connection too; anything else only when the server says that it did not do it: by 429, or by
 * 503 with a Retry-After.
 */
export function repeatDelayMs(
  method: string,
  error: unknown,
  { attempt, random }: { attempt: number; random: number },
): number | undefined {
  if (attempt >= mostAttempts) return undefined;
  const backoffMs = 100 * 2 ** attempt * (0.5 + random);
  if (!(error instanceof KubeApiError)) return method === 'GET' ? backoffMs : undefined;
  const { status, retryAfterMs } = error;
  if (status === 429) return retryAfterMs ?? backoffMs;
  if (status !== 503) return undefined;
  return retryAfterMs ?? (method === 'GET' ? backoffMs : undefined);
}
