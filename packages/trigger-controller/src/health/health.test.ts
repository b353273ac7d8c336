import { describe, expect, it } from '@jest/globals';
import { healthAfter, healthFinding, type Health, type ProbeOutcome } from './health.ts';

const unknown: Health = { kind: 'unknown', failureCount: 0 };
const refused = 'refused';

function after(...outcomes: ProbeOutcome[]): string {
  return outcomes.reduce<Health>(healthAfter, unknown).kind;
}

describe('healthAfter', () => {
  it.each<[string, ProbeOutcome[]]>([
    ['unknown', []],
    ['unknown', Array<ProbeOutcome>(9).fill(refused)],
    ['down', Array<ProbeOutcome>(10).fill(refused)],
    ['up', [undefined]],
    ['up', [refused, refused, undefined]],
    ['up', [undefined, ...Array<ProbeOutcome>(9).fill(refused)]],
    ['up', [undefined, ...Array<ProbeOutcome>(9).fill(refused), undefined, refused]],
    ['down', [undefined, ...Array<ProbeOutcome>(10).fill(refused)]],
    ['up', [...Array<ProbeOutcome>(10).fill(refused), undefined]],
  ])('is %s after %j', (expected, outcomes) => {
    expect(after(...outcomes)).toBe(expected);
  });
});

describe('healthFinding', () => {
  it.each<[Health, object]>([
    [{ kind: 'not-probed' }, { status: 'True', reason: 'NotProbed' }],
    [{ kind: 'up', failureCount: 2 }, { status: 'True' }],
    [unknown, { status: 'Unknown', reason: 'IngressNotSeen' }],
    [
      { kind: 'down', message: refused },
      { status: 'False', reason: 'IngressUnavailable', message: refused },
    ],
  ])('of %j', (health, expected) => {
    expect(healthFinding('Ingress', health, undefined)).toMatchObject(expected);
  });

  it('repeats what was said before until something is known', () => {
    const before = { status: 'True' } as const;
    expect(healthFinding('Dispatcher', unknown, before)).toBe(before);
    expect(healthFinding('Dispatcher', unknown, undefined).reason).toBe('DispatcherNotSeen');
    const down: Health = { kind: 'down', message: refused };
    expect(healthFinding('Dispatcher', down, before).reason).toBe('DispatcherUnavailable');
  });
});
