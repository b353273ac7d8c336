import { describe, expect, it } from '@jest/globals';
import { Admission } from './admission.ts';

describe('Admission', () => {
  it('admits as many requests as may be open', () => {
    const admission = new Admission({ maxOutstandingCount: 2, maxOutstandingBytes: 10 });
    const first = admission.admit();
    admission.admit();
    expect(admission.admit()).toBeUndefined();
    first?.release();
    expect(admission.outstandingCount).toBe(1);
    expect(admission.admit()).toBeDefined();
  });

  it('grants as many bytes as may be held, over all requests', () => {
    const admission = new Admission({ maxOutstandingCount: 9, maxOutstandingBytes: 10 });
    const first = admission.admit();
    const second = admission.admit();
    expect(first?.hold(6)).toBe(true);
    expect(second?.hold(5)).toBe(false);
    expect(second?.hold(4)).toBe(true);
    first?.release();
    expect(second?.hold(6)).toBe(true);
    expect(second?.hold(1)).toBe(false);
  });
});
