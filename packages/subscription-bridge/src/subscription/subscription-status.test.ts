import { describe, expect, it } from '@jest/globals';
import {
  newSubscriptionStatus,
  oldSubscriptionStatus,
  type SubscriptionFinding,
} from './subscription-status.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const time = '2026-01-02T03:04:05Z';
const healthy: SubscriptionFinding = {
  kind: 'valid',
  isActivated: true,
  problems: [],
  remarks: [],
  reports: [
    {
      types: [{ originalType: 'or der.v1', cleanType: 'order.v1' }],
      consumerName: 'C1',
      problems: [],
      remarks: [],
      usedTriggers: [],
    },
  ],
};
const failing: SubscriptionFinding = {
  ...healthy,
  problems: ['Something else.'],
  reports: [
    {
      types: [{ originalType: 'a.b', cleanType: 'a.b' }],
      consumerName: undefined,
      problems: ['Trigger x is not ready.'],
      remarks: ['Never mind.'],
      usedTriggers: ['team/mine'],
    },
  ],
};
const invalid: SubscriptionFinding = { kind: 'invalid', problems: ['one', 'two'] };

describe('newSubscriptionStatus', () => {
  it('of a Subscription that works', () => {
    expect(newSubscriptionStatus(healthy, [], now)).toEqual({
      ready: true,
      types: [{ originalType: 'or der.v1', cleanType: 'order.v1' }],
      backend: { types: [{ originalType: 'or der.v1', consumerName: 'C1' }] },
      conditions: [
        {
          type: 'Subscription active',
          status: 'True',
          reason: 'NATS Subscription active',
          lastTransitionTime: time,
        },
        {
          type: 'Subscription spec valid',
          status: 'True',
          reason: 'Subscription spec has no validation errors',
          lastTransitionTime: time,
        },
      ],
    });
  });

  it('of a Subscription whose Triggers are not ready', () => {
    expect(newSubscriptionStatus(failing, [], now)).toMatchObject({
      ready: false,
      types: [{ originalType: 'a.b', cleanType: 'a.b' }],
      backend: { types: [] },
      conditions: [
        {
          type: 'Subscription active',
          status: 'False',
          reason: 'NATS Subscription not active',
          message: 'Something else. Trigger x is not ready.',
        },
        { type: 'Subscription spec valid', status: 'True' },
      ],
    });
  });

  it('names the Triggers of others that it uses, in either generation', () => {
    for (const statusOf of [newSubscriptionStatus, oldSubscriptionStatus]) {
      expect(statusOf(failing, [], now).usedTriggers).toEqual(['team/mine']);
    }
  });

  it('says remarks while all is well', () => {
    const { conditions = [] } = newSubscriptionStatus({ ...healthy, remarks: ['Hm.'] }, [], now);
    expect(conditions[0]).toMatchObject({ status: 'True', message: 'Hm.' });
  });

  it('of an invalid one says nothing but what is wrong', () => {
    expect(newSubscriptionStatus(invalid, [], now)).toEqual({
      ready: false,
      types: [],
      backend: { types: [] },
      conditions: [
        {
          type: 'Subscription spec valid',
          status: 'False',
          reason: 'Subscription spec has validation errors',
          message: '[one, two]',
          lastTransitionTime: time,
        },
      ],
    });
  });

  it('moves times only with what changed', () => {
    const before = newSubscriptionStatus(healthy, [], new Date(0)).conditions ?? [];
    const after = newSubscriptionStatus(failing, before, now).conditions ?? [];
    expect(after.map((condition) => condition.lastTransitionTime)).toEqual([
      time,
      '1970-01-01T00:00:00Z',
    ]);
  });
});

describe('oldSubscriptionStatus', () => {
  it('of a Subscription that works', () => {
    expect(oldSubscriptionStatus(healthy, [], now)).toEqual({
      ready: true,
      conditions: [
        { type: 'events-activated', status: 'True', last_transition_time: time },
        { type: 'kn-subscription-ready', status: 'True', last_transition_time: time },
        { type: 'is-ready', status: 'True', last_transition_time: time },
      ],
    });
  });

  it.each<[string, SubscriptionFinding, string[], string]>([
    [
      'without EventActivation',
      { ...healthy, isActivated: false },
      ['False', 'False', 'False'],
      'NoEventActivation',
    ],
    ['with Triggers that are not ready', failing, ['True', 'False', 'False'], 'TriggersNotReady'],
    ['that is invalid', invalid, ['False', 'False', 'False'], 'InvalidSubscription'],
  ])('of a Subscription %s', (_case, finding, statuses, reason) => {
    const { conditions = [], ready } = oldSubscriptionStatus(finding, [], now);
    expect(ready).toBe(false);
    expect(conditions.map(({ status }) => status)).toEqual(statuses);
    expect(conditions.at(-1)).toMatchObject({ type: 'is-ready', reason });
  });
});
