import type { StreamSettings } from '@jetmesh/jetstream';

const longestAgeMs = 7 * 24 * 3_600_000;
const mostBytes = 256 * 1024 ** 2;

/** A Broker's dead letters live as its events do, but always bounded by age and bytes. */
export function deadLetterSettings(settings: StreamSettings): StreamSettings {
  const { maxAgeMs, maxBytes } = settings;
  return {
    ...settings,
    maxAgeMs: maxAgeMs === 0 ? longestAgeMs : Math.max(maxAgeMs, longestAgeMs),
    maxBytes: Math.min(maxBytes, mostBytes),
  };
}
