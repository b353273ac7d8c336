import { type AdminSettings, EnvironmentReader, readAdminSettings } from '@jetmesh/service-runtime';
import type { JetStreamSettings } from '@jetmesh/jetstream';
import { readJetStreamSettings } from '../jetstream-settings.ts';
import type { DeliveryDefaults } from './delivery-plan.ts';

export interface DispatcherConfig {
  readonly admin: AdminSettings;
  readonly jetStream: JetStreamSettings;
  readonly kubeconfig: string | undefined;
  /** Host names are resolved from the API's Services: there is no cluster DNS. */
  readonly hasLocalServices: boolean;
  readonly defaults: DeliveryDefaults;
  readonly maxPrefetchBytes: number;
  readonly drainTimeoutMs: number;
}

const mebibyte = 1024 * 1024;

export function readDispatcherConfig(
  env: Readonly<Record<string, string | undefined>>,
): DispatcherConfig {
  const reader = new EnvironmentReader(env);
  const config: DispatcherConfig = {
    admin: readAdminSettings(reader),
    jetStream: readJetStreamSettings(reader, 'dispatcher'),
    kubeconfig: reader.optionalString('KUBECONFIG'),
    hasLocalServices: reader.boolean('LOCAL_SERVICES', false),
    defaults: {
      maxInFlight: reader.integer('DELIVERY_CONCURRENCY', 32, { min: 1, max: 10_000 }),
      timeoutMs: reader.durationMs('DELIVERY_TIMEOUT', 60_000),
      deadLetterTimeoutMs: reader.durationMs('DEAD_LETTER_TIMEOUT', 3_600_000),
    },
    maxPrefetchBytes: reader.bytes('MAX_PREFETCH_BYTES', 256 * mebibyte),
    drainTimeoutMs: reader.durationMs('DRAIN_TIMEOUT', 20_000),
  };
  reader.finish();
  return config;
}
