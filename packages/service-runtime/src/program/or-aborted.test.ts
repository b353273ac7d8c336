import { describe, expect, it } from '@jest/globals';
import { orAborted } from './or-aborted.ts';

const never = new Promise<string>(() => undefined);

describe('orAborted', () => {
  it('brings what the promise brings', async () => {
    const { signal } = new AbortController();
    await expect(orAborted(Promise.resolve('done'), signal)).resolves.toBe('done');
    await expect(orAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  });

  it('rejects once the signal is aborted', async () => {
    const abort = new AbortController();
    const waiting = orAborted(never, abort.signal);
    abort.abort();
    await expect(waiting).rejects.toThrow('Asked to stop');
    await expect(orAborted(never, abort.signal)).rejects.toThrow('Asked to stop');
  });
});
