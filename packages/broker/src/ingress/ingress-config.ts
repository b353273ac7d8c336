import type { JetStreamSettings } from '@jetmesh/jetstream';
import { type AdminSettings, EnvironmentReader, readAdminSettings } from '@jetmesh/service-runtime';
import { readJetStreamSettings } from '../jetstream-settings.ts';

export interface IngressConfig {
  readonly admin: AdminSettings;
  readonly jetStream: JetStreamSettings;
  readonly kubeconfig: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly maxEventBytes: number;
  readonly maxOutstandingCount: number;
  readonly maxOutstandingBytes: number;
  readonly publishDeadlineMs: number;
  /** Hops that a new event may make through replies. */
  readonly timeToLive: number;
  /** Whether an EventType is made for each type and source that is seen. */
  readonly createsEventTypes: boolean;
  /** What the adapter shows with a shadow event; without it there are none. */
  readonly shadowToken: string | undefined;
}

const mebibyte = 1024 * 1024;

export function readIngressConfig(
  env: Readonly<Record<string, string | undefined>>,
): IngressConfig {
  const reader = new EnvironmentReader(env);
  const config: IngressConfig = {
    admin: readAdminSettings(reader),
    jetStream: readJetStreamSettings(reader, 'ingress'),
    kubeconfig: reader.optionalString('KUBECONFIG'),
    host: reader.string('HTTP_HOST', '0.0.0.0'),
    port: reader.port('HTTP_PORT', 8080),
    maxEventBytes: reader.bytes('MAX_EVENT_BYTES', mebibyte),
    maxOutstandingCount: reader.integer('MAX_OUTSTANDING_COUNT', 4096, { min: 1 }),
    maxOutstandingBytes: reader.bytes('MAX_OUTSTANDING_BYTES', 64 * mebibyte),
    publishDeadlineMs: reader.durationMs('PUBLISH_DEADLINE', 10_000),
    timeToLive: reader.integer('EVENT_TTL', 255, { min: 1 }),
    createsEventTypes: reader.boolean('EVENT_TYPE_AUTO_CREATE', false),
    shadowToken: reader.optionalString('SHADOW_TOKEN'),
  };
  reader.finish();
  return config;
}
