import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serverFeatures } from '../connection/server-features.ts';
import {
  consumerFamily,
  consumerName,
  deadLetterStreamName,
  isJetmeshStream,
  isTriggerConsumer,
  streamName,
} from './names.ts';

const old = serverFeatures('2.9.10');
const recent = serverFeatures('2.10.0');
const uid = fc.oneof(
  fc.uuid(),
  fc.string({ unit: fc.constantFrom('a', 'D', 'E', '-', '_', '.', '0') }),
);

describe('stream names', () => {
  it('are legal and never shared by two Brokers or two purposes', () => {
    fc.assert(
      fc.property(uid, uid, (one, other) => {
        expect(streamName(one)).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
        expect(streamName(one) === streamName(other)).toBe(one === other);
        expect(deadLetterStreamName(one) === deadLetterStreamName(other)).toBe(one === other);
        expect(deadLetterStreamName(one)).not.toBe(streamName(other));
      }),
    );
  });

  it('are recognised', () => {
    expect(isJetmeshStream(streamName('a'))).toBe(true);
    expect(isJetmeshStream(deadLetterStreamName('a'))).toBe(true);
    expect(isJetmeshStream('KV_jetmesh')).toBe(false);
  });
});

describe('consumerName', () => {
  it('stays the same where a filter can be changed in place', () => {
    expect(consumerName('t-1', ['a'], recent)).toBe('TRIGGER_t-1');
    expect(consumerName('t-1', ['b', 'c'], recent)).toBe('TRIGGER_t-1');
  });

  it('changes with the filter, whatever its order, where it cannot', () => {
    const name = consumerName('t-1', ['a', 'b'], old);
    expect(name).toMatch(/^TRIGGER_t-1_[0-9a-f]{16}$/);
    expect(consumerName('t-1', ['b', 'a'], old)).toBe(name);
    expect(consumerName('t-1', ['a'], old)).not.toBe(name);
  });

  it('keeps all consumers of a Trigger in one family, and Triggers apart', () => {
    fc.assert(
      fc.property(uid, uid, (one, other) => {
        const family = consumerFamily(consumerName(one, ['a'], recent));
        expect(family).toBe(consumerName(one, [], recent));
        expect(consumerFamily(consumerName(one, ['a'], old))).toBe(family);
        expect(consumerFamily(consumerName(other, ['a'], old)) === family).toBe(one === other);
      }),
    );
  });

  it.each(['', 'other', 'TRIGGER_', 'TRIGGER_a.b', 'TRIGGER_a_b'])(
    'takes "%s" for the consumer of somebody else',
    (name) => {
      expect(isTriggerConsumer(name)).toBe(false);
    },
  );
});
