import { describe, expect, it } from '@jest/globals';
import { EnvironmentReader } from '@jetmesh/service-runtime';
import { defaultBacklogSettings, readBacklogSettings } from './backlog-settings.ts';

const read = (data: Record<string, string>, streamMaxAgeMs = 0) => {
  const reader = new EnvironmentReader(data);
  const settings = readBacklogSettings(reader, streamMaxAgeMs);
  reader.finish();
  return settings;
};

describe('readBacklogSettings', () => {
  it('gives each Trigger half of the stream, for ever', () => {
    expect(read({})).toEqual(defaultBacklogSettings);
  });

  it('parks before the server would delete', () => {
    expect(read({}, 1_000_000)).toMatchObject({ maxAgeMs: 900_000 });
  });

  it('is what the ConfigMap says', () => {
    const data = { 'backlog.max-share': '20', 'backlog.max-age': '2h' };
    expect(read(data, 1_000_000)).toEqual({ maxShare: 0.2, maxAgeMs: 7_200_000 });
  });

  it('says what is wrong', () => {
    expect(() => read({ 'backlog.max-share': '0' })).toThrow(/backlog\.max-share/);
  });
});
