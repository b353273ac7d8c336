import { hostname } from 'node:os';
import { EnvironmentReader, readAdminSettings, type AdminSettings } from '@jetmesh/service-runtime';
import type { BusPlace } from './subscription/subscription-triggers.ts';

export interface SubscriptionBridgeConfig {
  readonly admin: AdminSettings;
  /** Undefined: the standard lookup, in-cluster included. */
  readonly kubeconfig: string | undefined;
  readonly podName: string;
  readonly podNamespace: string;
  readonly bus: BusPlace;
  readonly workerCount: number;
  readonly hasLeaderElection: boolean;
  /** How long a Trigger that is not wanted any more may take to deliver what it has. */
  readonly drainTimeoutMs: number;
  readonly leaseLookIntervalMs: number;
  /** How long the Lease of a dead adapter replica is kept after it ran out. */
  readonly leaseSweepGraceMs: number;
}

const drainTimeoutMs = 30_000;
const leaseLookIntervalMs = 3_000;
const leaseSweepGraceMs = 300_000;

export function readSubscriptionBridgeConfig(
  env: Readonly<Record<string, string | undefined>>,
): SubscriptionBridgeConfig {
  const reader = new EnvironmentReader(env);
  const config: SubscriptionBridgeConfig = {
    admin: readAdminSettings(reader),
    kubeconfig: reader.optionalString('KUBECONFIG'),
    podName: reader.string('POD_NAME', `${hostname().toLowerCase()}-${process.pid}`),
    podNamespace: reader.string('POD_NAMESPACE', 'jetmesh-system'),
    bus: {
      namespace: reader.string('BUS_NAMESPACE', 'kyma-system'),
      broker: reader.string('BUS_BROKER', 'event-bus'),
    },
    workerCount: reader.integer('WORKERS', 4, { min: 1, max: 64 }),
    hasLeaderElection: reader.boolean('LEADER_ELECTION', true),
    drainTimeoutMs,
    leaseLookIntervalMs,
    leaseSweepGraceMs,
  };
  reader.finish();
  return config;
}
