import type { StreamSettings } from '@jetmesh/jetstream';
import type { EnvironmentReader } from '@jetmesh/service-runtime';

const longestAgeMs = 7 * 24 * 3_600_000;
const mostBytes = 256 * 1024 ** 2;
/** Room for the largest events: one that is larger than the whole stream could not be parked. */
const fewestBytes = 16 * 1024 ** 2;

/** A Broker's dead letters live as its events do, but always bounded by age and bytes. */
export function deadLetterSettings(settings: StreamSettings): StreamSettings {
  const { maxAgeMs, maxBytes } = settings;
  return {
    ...settings,
    maxAgeMs: Math.max(maxAgeMs, longestAgeMs),
    maxBytes: Math.max(Math.min(maxBytes, mostBytes), fewestBytes),
  };
}

/** Reads the `dead-letters.*` keys of a Broker's ConfigMap. */
export function readDeadLetterSettings(
  reader: EnvironmentReader,
  settings: StreamSettings,
): StreamSettings {
  const defaults = deadLetterSettings(settings);
  const maxAgeMs = reader.durationMs('dead-letters.max-age', defaults.maxAgeMs);
  const maxBytes = reader.bytes('dead-letters.max-bytes', defaults.maxBytes);
  return {
    ...defaults,
    maxAgeMs: maxAgeMs === 0 ? defaults.maxAgeMs : maxAgeMs,
    maxBytes: Math.max(maxBytes, fewestBytes),
  };
}
