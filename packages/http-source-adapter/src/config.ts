import { EnvironmentReader, readAdminSettings, type AdminSettings } from '@jetmesh/service-runtime';
import { hostname } from 'node:os';
import type { ClientCertificateCheck } from './server/client-certificate.ts';

export interface AdapterConfig {
  readonly admin: AdminSettings;
  readonly kubeconfig: string | undefined;
  readonly podName: string;
  readonly podNamespace: string;
  readonly httpHost: string;
  readonly httpPort: number;
  readonly busBrokerKey: string;
  readonly maxLegacyBytes: number;
  readonly maxEventBytes: number;
  readonly forwardTimeoutMs: number;
  readonly maxOutstandingCount: number;
  readonly maxOutstandingBytes: number;
  readonly clientCertificateCheck: ClientCertificateCheck;
  /** What the ingress asks for with a shadow event; without it none is sent. */
  readonly shadowToken: string | undefined;
}

/** Every setting of the adapter, defaults filled in; throws one error that lists all problems. */
export function readAdapterConfig(
  env: Readonly<Record<string, string | undefined>>,
): AdapterConfig {
  const reader = new EnvironmentReader(env);
  const busNamespace = reader.string('BUS_NAMESPACE', 'kyma-system');
  const busBroker = reader.string('BUS_BROKER', 'event-bus');
  const config = {
    admin: readAdminSettings(reader),
    kubeconfig: reader.optionalString('KUBECONFIG'),
    podName: reader.string('POD_NAME', defaultPodName()),
    podNamespace: reader.string('POD_NAMESPACE', 'jetmesh-system'),
    httpHost: reader.string('HTTP_HOST', '0.0.0.0'),
    httpPort: reader.port('HTTP_PORT', 8080),
    busBrokerKey: `${busNamespace}/${busBroker}`,
    maxLegacyBytes: reader.bytes('MAX_LEGACY_BYTES', 65_536),
    maxEventBytes: reader.bytes('MAX_EVENT_BYTES', 1024 * 1024),
    forwardTimeoutMs: reader.durationMs('FORWARD_TIMEOUT', 10_000),
    maxOutstandingCount: reader.integer('MAX_OUTSTANDING_COUNT', 4096, { min: 1 }),
    maxOutstandingBytes: reader.bytes('MAX_OUTSTANDING_BYTES', 64 * 1024 * 1024),
    clientCertificateCheck: reader.oneOf('CLIENT_CERT_CHECK', ['off', 'subject'], 'off'),
    shadowToken: reader.optionalString('SHADOW_TOKEN'),
  };
  reader.finish();
  return config;
}

/** A name that the Kubernetes API takes as part of a Lease's. */
function defaultPodName(): string {
  return `${hostname()}-${process.pid}`.toLowerCase().replace(/[^a-z0-9.-]/g, '-');
}
