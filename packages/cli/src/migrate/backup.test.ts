import { describe, expect, it } from '@jest/globals';
import { aSubscription, meshTrigger } from '../switch/switch-fixture.ts';
import { backupOf, backupText, mergedBackup, readBackup } from './backup.ts';

const order = aSubscription('shop/order');
const labelled = { ...order, metadata: { ...order.metadata, labels: { team: 'a' } } };

describe('a backup', () => {
  it('keeps what is needed to make the Subscription again, and nothing of the server', () => {
    const backup = backupOf(labelled, [meshTrigger(order, 'a1')]);
    expect(backup).toEqual({
      subscription: {
        apiVersion: order.apiVersion,
        kind: 'Subscription',
        metadata: { name: 'order', namespace: 'shop', labels: { team: 'a' } },
        spec: order.spec,
      },
      triggers: ['shop/order-a1'],
    });
    expect(readBackup(backupText(backup))).toEqual(backup);
  });

  it('keeps the Triggers that an interrupted run has detached', () => {
    const first = backupOf(order, [meshTrigger(order, 'b2'), meshTrigger(order, 'a1')]);
    const second = backupOf(order, []);
    expect(mergedBackup(first, second).triggers).toEqual(['shop/order-a1', 'shop/order-b2']);
    expect(mergedBackup(undefined, first).triggers).toHaveLength(2);
  });

  it.each(['', '{', 'null', '{}', '{"subscription":{"metadata":{"name":"a"}}}'])(
    'that reads %j is none',
    (text) => expect(readBackup(text)).toBeUndefined(),
  );
});
