import { describe, expect, it } from '@jest/globals';
import { serverFeatures } from '../connection/server-features.ts';
import { consumerConfig } from './consumer-config.ts';
import type { ConsumerSettings } from './consumer-settings.ts';

const recent = serverFeatures('2.10.0');
const settings: ConsumerSettings = {
  maxAckPending: 1000,
  ackWaitMs: 30_000,
  start: { kind: 'new' },
};

describe('consumerConfig', () => {
  it('never lets the server give up on a message, and sets no backoff', () => {
    const config = consumerConfig('t-1', ['a.>'], settings, recent);
    expect(config).toEqual({
      durable_name: 'TRIGGER_t-1',
      description: 'Jetmesh Trigger with UID t-1',
      ack_policy: 'explicit',
      ack_wait: 30e9,
      max_deliver: -1,
      max_ack_pending: 1000,
      max_waiting: 512,
      replay_policy: 'instant',
      filter_subject: 'a.>',
      deliver_policy: 'new',
      metadata: { 'jetmesh.dev/trigger-uid': 't-1' },
    });
  });

  it('names several subjects where the server takes them, and no metadata where it does not', () => {
    expect(consumerConfig('t-1', ['a', 'b'], settings, recent)).toMatchObject({
      filter_subjects: ['a', 'b'],
    });
    expect(consumerConfig('t-1', ['a'], settings, serverFeatures('2.9.10'))).not.toHaveProperty(
      'metadata',
    );
  });

  it.each<[ConsumerSettings['start'], object]>([
    [{ kind: 'all' }, { deliver_policy: 'all' }],
    [
      { kind: 'sequence', sequence: 7 },
      { deliver_policy: 'by_start_sequence', opt_start_seq: 7 },
    ],
    [
      { kind: 'time', time: new Date('2026-01-02T03:04:05Z') },
      { deliver_policy: 'by_start_time', opt_start_time: '2026-01-02T03:04:05.000Z' },
    ],
  ])('starts at %j', (start, expected) => {
    expect(consumerConfig('t-1', ['a'], { ...settings, start }, recent)).toMatchObject(expected);
  });
});
