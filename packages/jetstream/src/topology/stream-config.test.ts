import { describe, expect, it } from '@jest/globals';
import { deadLetterStreamConfig, streamConfig } from './stream-config.ts';
import { defaultStreamSettings } from './stream-settings.ts';

describe('streamConfig', () => {
  it('bounds the stream, refuses when it is full, and counts consumers explicitly', () => {
    expect(streamConfig('b-1', defaultStreamSettings)).toEqual({
      name: 'JETMESH_BROKER_b-1',
      description: 'Events of the Jetmesh Broker with UID b-1',
      subjects: ['ceb.b-1.>'],
      retention: 'interest',
      storage: 'file',
      num_replicas: 1,
      discard: 'new',
      max_bytes: 1024 ** 3,
      max_age: 0,
      max_msgs: -1,
      max_consumers: 10_000,
      duplicate_window: 120e9,
    });
  });

  it('keeps by limits when events are kept', () => {
    const settings = { ...defaultStreamSettings, retention: 'kept', maxAgeMs: 3_600_000 } as const;
    expect(streamConfig('b-1', settings)).toMatchObject({ retention: 'limits', max_age: 3600e9 });
  });

  it('never recognises ids for longer than messages live', () => {
    const settings = { ...defaultStreamSettings, maxAgeMs: 1_000 };
    expect(streamConfig('b-1', settings).duplicate_window).toBe(1e9);
  });

  it('keeps dead letters whatever the Broker does with events, and always has room for one more', () => {
    expect(deadLetterStreamConfig('b-1', defaultStreamSettings)).toMatchObject({
      name: 'JETMESH_DEAD_b-1',
      subjects: ['ced.b-1.>'],
      retention: 'limits',
      discard: 'old',
    });
  });
});
