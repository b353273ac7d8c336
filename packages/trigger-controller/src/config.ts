import { hostname } from 'node:os';
import type { JetStreamSettings } from '@jetmesh/jetstream';
import { EnvironmentReader, readAdminSettings, type AdminSettings } from '@jetmesh/service-runtime';
import { readJetStreamSettings } from './jetstream-settings.ts';

export interface TriggerControllerConfig {
  readonly admin: AdminSettings;
  readonly jetStream: JetStreamSettings;
  /** Undefined: the standard lookup, in-cluster included. */
  readonly kubeconfig: string | undefined;
  readonly podName: string;
  readonly podNamespace: string;
  /** Base of every Broker's address, without a slash at the end. */
  readonly ingressUrl: string;
  readonly adoptsUnclassedBrokers: boolean;
  /** Namespace of the ConfigMap `config-br-defaults`. */
  readonly brokerDefaultsNamespace: string;
  /** URLs that answer while an ingress, and a dispatcher, is there; undefined: not probed. */
  readonly ingressProbeUrl: string | undefined;
  readonly dispatcherProbeUrl: string | undefined;
  /** Whether `brokerRef` of a Trigger may name a Broker of another Namespace. */
  readonly allowsCrossNamespaceLinks: boolean;
  /** False where another implementation of Knative Eventing reports on EventTypes. */
  readonly watchesEventTypes: boolean;
  readonly workerCount: number;
  /** Filtered consumers of a Broker, above which its new Triggers share one. */
  readonly shareThreshold: number;
  readonly hasLeaderElection: boolean;
  readonly janitorIntervalMs: number;
}

/** Often enough that a full stream soon has room again, rare enough to cost nothing. */
const janitorIntervalMs = 5_000;

export function readTriggerControllerConfig(
  env: Readonly<Record<string, string | undefined>>,
): TriggerControllerConfig {
  const reader = new EnvironmentReader(env);
  const podName = reader.string('POD_NAME', `${hostname().toLowerCase()}-${process.pid}`);
  const ingressUrl = reader.string(
    'INGRESS_URL',
    'http://broker-ingress.jetmesh-system.svc.cluster.local',
  );
  const config: TriggerControllerConfig = {
    admin: readAdminSettings(reader),
    jetStream: readJetStreamSettings(reader, `trigger-controller ${podName}`),
    kubeconfig: reader.optionalString('KUBECONFIG'),
    podName,
    podNamespace: reader.string('POD_NAMESPACE', 'jetmesh-system'),
    ingressUrl: ingressUrl.replace(/\/+$/, ''),
    brokerDefaultsNamespace: reader.string('BROKER_DEFAULTS_NAMESPACE', 'knative-eventing'),
    ingressProbeUrl: probeUrl(reader.string('INGRESS_PROBE_URL', ingressUrl)),
    dispatcherProbeUrl: probeUrl(
      reader.string(
        'DISPATCHER_PROBE_URL',
        'http://broker-dispatcher.jetmesh-system.svc.cluster.local:9090/readyz',
      ),
    ),
    adoptsUnclassedBrokers: reader.boolean('ADOPT_UNCLASSED_BROKERS', true),
    allowsCrossNamespaceLinks: reader.boolean('CROSS_NAMESPACE_EVENT_LINKS', false),
    watchesEventTypes: reader.boolean('EVENT_TYPES', true),
    workerCount: reader.integer('WORKERS', 4, { min: 1, max: 64 }),
    shareThreshold: reader.integer('SHARED_CONSUMER_THRESHOLD', 32, { min: 0, max: 10_000 }),
    hasLeaderElection: reader.boolean('LEADER_ELECTION', true),
    janitorIntervalMs,
  };
  reader.finish();
  return config;
}

function probeUrl(text: string): string | undefined {
  return text === 'none' ? undefined : text;
}
