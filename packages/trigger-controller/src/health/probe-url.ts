import type { ProbeOutcome } from './health.ts';

/** Whether somebody answers at `url`: any answer but a 5xx counts, since only a proxy or a program not ready gives that. */
export async function probeUrl(url: string, deadlineMs: number): Promise<ProbeOutcome> {
  try {
    const signal = AbortSignal.timeout(deadlineMs);
    const response = await fetch(url, { redirect: 'manual', signal });
    await response.body?.cancel();
    return response.status < 500 ? undefined : `${url} answers ${response.status}`;
  } catch (error) {
    return `${url} does not answer: ${reasonOf(error)}`;
  }
}

/** `fetch` says what happened in the cause; its own message is the same for everything. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (name === 'TimeoutError') return 'no answer in time';
  return cause?.code ?? name ?? 'unknown error';
}
