import { describe, expect, it } from '@jest/globals';
import { brokerDeadLetterSubjects } from './dead-letter-subject.ts';
import { brokerSubjects } from './event-subject.ts';
import { brokerKey } from './names.ts';
import { brokerOfShadowSubject, shadowReportSubject, shadowSubject } from './shadow-subjects.ts';

describe('the subjects of shadow events', () => {
  it.each(['b-1', 'a uid. with > everything'])('name the Broker %j', (uid) => {
    expect(shadowSubject(uid)).toMatch(/^cesh\.[A-Za-z0-9_-]+$/);
    expect(brokerOfShadowSubject(shadowSubject(uid))).toBe(brokerKey(uid));
  });

  it('are outside what any stream or consumer of the Broker takes', () => {
    for (const taken of [brokerSubjects('b-1'), brokerDeadLetterSubjects('b-1')]) {
      const [first] = taken.split('.');
      for (const subject of [shadowSubject('b-1'), shadowReportSubject]) {
        expect(subject.split('.')[0]).not.toBe(first);
      }
    }
  });
});
