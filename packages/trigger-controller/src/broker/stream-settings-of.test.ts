import { describe, expect, it } from '@jest/globals';
import { defaultStreamSettings } from '@jetmesh/jetstream';
import type { ConfigMap } from '@jetmesh/eventing-api';
import { defaultReading, streamSettingsOf } from './stream-settings-of.ts';
import { deadLetterSettings } from './dead-letter-settings.ts';

describe('streamSettingsOf', () => {
  it('are the defaults with a ConfigMap of somebody else', () => {
    expect(streamSettingsOf(aConfigMap({ 'channel-template-spec': 'x' }))).toEqual(defaultReading);
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
      'dead-letters.max-age': '48h',
      'dead-letters.max-bytes': '1Gi',
      'backlog.max-share': '25',
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
      deadLetters: expect.objectContaining({
        storage: 'memory',
        maxAgeMs: 2 * 86_400_000,
        maxBytes: 1024 ** 3,
      }),
      backlog: { maxShare: 0.25, maxAgeMs: 0.9 * 86_400_000 },
    });
  });

  it('says everything that is wrong', () => {
    const data = {
      'stream.storage': 'tape',
      'stream.replicas': '9',
      'dead-letters.max-bytes': 'much',
      'backlog.max-share': '0',
    };
    const reading = streamSettingsOf(aConfigMap(data));
    expect(reading).toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(
        /stream\.storage.*stream\.replicas.*dead-letters\.max-bytes.*backlog\.max-share/,
      ),
    });
  });
});

describe('deadLetterSettings', () => {
  it('leave room for the largest event', () => {
    const tiny = { ...defaultStreamSettings, maxBytes: 1000 };
    expect(deadLetterSettings(tiny)).toMatchObject({ maxBytes: 16 * 1024 ** 2 });
    const reading = streamSettingsOf(
      aConfigMap({ 'dead-letters.max-bytes': '5', 'dead-letters.max-age': '0' }),
    );
    expect(reading).toMatchObject({
      deadLetters: { maxBytes: 16 * 1024 ** 2, maxAgeMs: 604_800_000 },
    });
  });

  it('bound age and bytes, whatever the events have', () => {
    const weekMs = 604_800_000;
    expect(deadLetterSettings(defaultStreamSettings)).toMatchObject({
      maxAgeMs: weekMs,
      maxBytes: 256 * 1024 ** 2,
    });
    const mebibyte = 1024 ** 2;
    const small = { ...defaultStreamSettings, maxAgeMs: 2 * weekMs, maxBytes: 20 * mebibyte };
    expect(deadLetterSettings(small)).toMatchObject({
      maxAgeMs: 2 * weekMs,
      maxBytes: 20 * mebibyte,
    });
  });
});

function aConfigMap(data: Record<string, string>): ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data };
}
