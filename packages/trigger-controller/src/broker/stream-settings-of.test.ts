import { describe, expect, it } from '@jest/globals';
import { defaultStreamSettings } from '@jetmesh/jetstream';
import type { ConfigMap } from '@jetmesh/eventing-api';
import { streamSettingsOf } from './stream-settings-of.ts';
import { deadLetterSettings } from './dead-letter-settings.ts';

describe('streamSettingsOf', () => {
  it('are the defaults with a ConfigMap of somebody else', () => {
    const expected = { kind: 'settings', settings: defaultStreamSettings };
    expect(streamSettingsOf(aConfigMap({ 'channel-template-spec': 'x' }))).toEqual(expected);
  });

  it('are what the ConfigMap says', () => {
    const data = {
      'stream.storage': 'memory',
      'stream.replicas': '3',
      'stream.max-bytes': '64Mi',
      'stream.max-age': '24h',
      'stream.duplicate-window': '1m',
      'stream.max-consumers': '50',
      'stream.retention': 'kept',
    };
    expect(streamSettingsOf(aConfigMap(data))).toEqual({
      kind: 'settings',
      settings: {
        storage: 'memory',
        replicas: 3,
        maxBytes: 64 * 1024 ** 2,
        maxAgeMs: 86_400_000,
        duplicateWindowMs: 60_000,
        maxConsumers: 50,
        retention: 'kept',
      },
    });
  });

  it('says everything that is wrong', () => {
    const data = { 'stream.storage': 'tape', 'stream.replicas': '9' };
    const reading = streamSettingsOf(aConfigMap(data));
    expect(reading).toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(/stream\.storage.*stream\.replicas/),
    });
  });
});

describe('deadLetterSettings', () => {
  it('bound age and bytes, whatever the events have', () => {
    const weekMs = 604_800_000;
    expect(deadLetterSettings(defaultStreamSettings)).toMatchObject({
      maxAgeMs: weekMs,
      maxBytes: 256 * 1024 ** 2,
    });
    const small = { ...defaultStreamSettings, maxAgeMs: 2 * weekMs, maxBytes: 1000 };
    expect(deadLetterSettings(small)).toMatchObject({ maxAgeMs: 2 * weekMs, maxBytes: 1000 });
  });
});

function aConfigMap(data: Record<string, string>): ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data };
}
