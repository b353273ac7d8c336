import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventSubject } from './event-subject.ts';
import { nastyText } from './nasty-text.ts';
import { typeTokens } from './type-tokens.ts';

describe('eventSubject', () => {
  it.each([
    ['com.example.created', 'com.example.created'],
    ['order', 'order'],
    ['a b.c', 'a=20b.c'],
    ['a..b', 'a.=.b'],
    ['.', '=.='],
    ['', '='],
    ['*.>', '=2A.=3E'],
    ['ä=1', '=C3=A4=3D1'],
  ])('writes the type "%s" as "%s"', (type, tail) => {
    expect(eventSubject('b-1', { type, source: '/shop' })).toBe(`ceb.b-1.sf8.${tail}`);
  });

  it('is legal and at most 600 bytes for any event of any Broker', () => {
    fc.assert(
      fc.property(nastyText(), nastyText(), nastyText(), (uid, type, source) => {
        const subject = eventSubject(uid, { type, source });
        expect(subject.length).toBeLessThanOrEqual(600);
        expect(subject).toMatch(/^ceb(\.[A-Za-z0-9_=-]+){3,}$/);
        expect(subject.split('.').length).toBeLessThanOrEqual(15);
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells any two types apart', () => {
    fc.assert(
      fc.property(nastyText(), nastyText(), (one, other) => {
        const same = typeTokens(one).join('.') === typeTokens(other).join('.');
        expect(same).toBe(one === other);
      }),
      { numRuns: 2_000 },
    );
  });

  it('spreads sources over all buckets', () => {
    const buckets = Array.from({ length: 4_000 }, (_, index) =>
      eventSubject('b', { type: 't', source: `/apps/${index}` }),
    );
    expect(new Set(buckets).size).toBe(256);
  });

  it('gives the same subject every time, cached or not', () => {
    const event = { type: 'com.example.created', source: '/shop' };
    const first = eventSubject('b', event);
    for (let index = 0; index < 5_000; index++) eventSubject('b', { ...event, type: `t${index}` });
    expect(eventSubject('b', event)).toBe(first);
  });
});
