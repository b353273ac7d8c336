import type { ConditionFinding, ConfigMap, KubernetesObject } from '@jetmesh/eventing-api';
import { defaultStreamSettings, type StreamSettings } from '@jetmesh/jetstream';
import { ConfigError, EnvironmentReader } from '@jetmesh/service-runtime';
import {
  defaultBacklogSettings,
  readBacklogSettings,
  type BacklogSettings,
} from '../backlog/backlog-settings.ts';
import { deadLetterSettings, readDeadLetterSettings } from './dead-letter-settings.ts';

/** Settings of a Broker's streams, or what is wrong with its ConfigMap. */
export type StreamSettingsReading =
  | {
      readonly kind: 'settings';
      readonly settings: StreamSettings;
      readonly deadLetters: StreamSettings;
      readonly backlog: BacklogSettings;
      /** Says that `spec.config` was not understood, and the defaults hold. */
      readonly remark?: ConditionFinding;
    }
  | { readonly kind: 'invalid'; readonly message: string };

/** Of a Broker without a ConfigMap. */
export const defaultReading = {
  kind: 'settings',
  settings: defaultStreamSettings,
  deadLetters: deadLetterSettings(defaultStreamSettings),
  backlog: defaultBacklogSettings,
} as const satisfies StreamSettingsReading;

/** Reads the `stream.*`, `dead-letters.*` and `backlog.*` keys of a ConfigMap; other keys belong to others and mean nothing here. */
export function streamSettingsOf(config: KubernetesObject): StreamSettingsReading {
  const defaults = defaultStreamSettings;
  const reader = new EnvironmentReader((config as ConfigMap).data ?? {});
  const settings: StreamSettings = {
    storage: reader.oneOf('stream.storage', ['file', 'memory'], defaults.storage),
    replicas: reader.integer('stream.replicas', defaults.replicas, { min: 1, max: 5 }),
    maxBytes: reader.bytes('stream.max-bytes', defaults.maxBytes),
    maxAgeMs: reader.durationMs('stream.max-age', defaults.maxAgeMs),
    duplicateWindowMs: reader.durationMs('stream.duplicate-window', defaults.duplicateWindowMs),
    maxConsumers: reader.integer('stream.max-consumers', defaults.maxConsumers, { min: 1 }),
    retention: reader.oneOf('stream.retention', ['consumed', 'kept'], defaults.retention),
  };
  const deadLetters = readDeadLetterSettings(reader, settings);
  const backlog = readBacklogSettings(reader, settings.maxAgeMs);
  try {
    reader.finish();
    return { kind: 'settings', settings, deadLetters, backlog };
  } catch (error) {
    if (error instanceof ConfigError) return { kind: 'invalid', message: error.message };
    throw error;
  }
}
