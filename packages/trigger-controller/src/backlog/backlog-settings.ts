import type { EnvironmentReader } from '@jetmesh/service-runtime';

/** How much of a stream each Trigger of a Broker may hold, unless the Trigger says itself. */
export interface BacklogSettings {
  /** Part of the stream's bytes, above 0 and at most 1. */
  readonly maxShare: number;
  /** 0 = no limit. */
  readonly maxAgeMs: number;
}

export const defaultBacklogSettings: BacklogSettings = { maxShare: 0.5, maxAgeMs: 0 };

/** Of a stream with an age limit: what is older than this part of it is parked before the server deletes it. */
const shareOfAge = 0.9;

/** Reads the `backlog.*` keys of a Broker's ConfigMap. */
export function readBacklogSettings(
  reader: EnvironmentReader,
  streamMaxAgeMs: number,
): BacklogSettings {
  const percent = reader.integer('backlog.max-share', 50, { min: 1, max: 100 });
  const maxAgeMs = reader.durationMs('backlog.max-age', streamMaxAgeMs * shareOfAge);
  return { maxShare: percent / 100, maxAgeMs };
}
