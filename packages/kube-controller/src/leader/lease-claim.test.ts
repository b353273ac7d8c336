import { describe, expect, it } from '@jest/globals';
import { leaseClaim, leaseRelease } from './lease-claim.ts';

const settings = { namespace: 'ns', name: 'lease', identity: 'me', leaseDurationMs: 15_000 };
const now = new Date('2026-01-01T00:00:10.123Z');

describe('leaseClaim', () => {
  it('makes a Lease with microseconds', () => {
    expect(leaseClaim(undefined, settings, now).spec).toEqual({
      holderIdentity: 'me',
      leaseDurationSeconds: 15,
      acquireTime: '2026-01-01T00:00:10.123000Z',
      renewTime: '2026-01-01T00:00:10.123000Z',
      leaseTransitions: 0,
    });
  });

  it('keeps the time of acquisition when it renews, and the resourceVersion', () => {
    const first = leaseClaim(undefined, settings, new Date('2026-01-01T00:00:00Z'));
    first.metadata.resourceVersion = '7';
    const renewed = leaseClaim(first, settings, now);
    expect(renewed.metadata.resourceVersion).toBe('7');
    expect(renewed.spec).toMatchObject({
      acquireTime: '2026-01-01T00:00:00.000000Z',
      leaseTransitions: 0,
    });
  });

  it('counts a transition when it takes over, also after a release', () => {
    const others = leaseClaim(undefined, { ...settings, identity: 'other' }, now);
    expect(leaseClaim(others, settings, now).spec?.leaseTransitions).toBe(1);
    expect(leaseClaim(leaseRelease(others, now), settings, now).spec?.leaseTransitions).toBe(1);
  });
});
