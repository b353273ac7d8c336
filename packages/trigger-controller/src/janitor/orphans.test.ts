import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import { consumerName, deadLetterStreamName, serverFeatures, streamName } from '@jetmesh/jetstream';
import { byConsumerFamily, orphanConsumers, orphanStreams } from './orphans.ts';
import { TwiceSeen } from './twice-seen.ts';

const old = serverFeatures('2.9.10');
const current = consumerName('t1', ['ceb.b.a'], old);
const replaced = consumerName('t1', ['ceb.b.b'], old);

describe('orphanStreams', () => {
  it('are those of no Broker', () => {
    const streams = ['b1', 'b2'].flatMap((uid) => [streamName(uid), deadLetterStreamName(uid)]);
    expect(orphanStreams(streams, ['b1'])).toEqual([streamName('b2'), deadLetterStreamName('b2')]);
  });
});

describe('orphanConsumers', () => {
  it('are those of no Trigger', () => {
    const consumers = [current, consumerName('t2', [], serverFeatures('2.10.0'))];
    expect(orphanConsumers('S', consumers, owners('True'))).toEqual([consumers[1]]);
  });

  it('are those that a confirmed one has replaced', () => {
    expect(orphanConsumers('S', [current, replaced], owners('True'))).toEqual([replaced]);
  });

  it('are not those that may still be worked off', () => {
    expect(orphanConsumers('S', [current, replaced], owners('Unknown'))).toEqual([]);
  });

  it('are none of somebody else', () => {
    expect(orphanConsumers('S', ['debugging'], owners('True'))).toEqual([]);
  });

  it('are those of a Trigger that is served by another stream', () => {
    expect(orphanConsumers('S0', [current], owners('True'))).toEqual([current]);
  });
});

describe('TwiceSeen', () => {
  it('tells what two looks in a row have seen', () => {
    const seen = new TwiceSeen();
    expect(seen.again(['a', 'b'])).toEqual([]);
    expect(seen.again(['b', 'c'])).toEqual(['b']);
    expect(seen.again(['a', 'c'])).toEqual(['c']);
    expect(seen.again([])).toEqual([]);
    expect(seen.again(['c'])).toEqual([]);
  });
});

function owners(status: 'True' | 'Unknown'): ReadonlyMap<string, Trigger> {
  return byConsumerFamily([aTrigger(status)]);
}

function aTrigger(status: 'True' | 'Unknown'): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'orders', uid: 't1', generation: 1 },
    spec: { subscriber: {} },
    status: {
      observedGeneration: 1,
      conditions: [{ type: 'SubscriptionReady', status }],
      annotations: { 'jetmesh.dev/stream': 'S', 'jetmesh.dev/consumer': current },
    },
  };
}
