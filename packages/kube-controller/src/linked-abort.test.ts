import { expect, it } from '@jest/globals';
import { LinkedAbort } from './linked-abort.ts';

it('follows the outer signal with its reason, from the start or later', () => {
  const outer = new AbortController();
  const linked = new LinkedAbort(outer.signal);
  expect(linked.signal.aborted).toBe(false);
  outer.abort('over');
  expect(linked.signal.reason).toBe('over');
  expect(new LinkedAbort(outer.signal).signal.aborted).toBe(true);
});

it('is aborted alone, and follows no more once it is unlinked', () => {
  const outer = new AbortController();
  const first = new LinkedAbort(outer.signal);
  first.abort();
  expect(outer.signal.aborted).toBe(false);
  const second = new LinkedAbort(outer.signal);
  second.unlink();
  outer.abort();
  expect(second.signal.aborted).toBe(false);
});
