import {
  adapterFinding,
  endpointStatuses,
  httpSourceKind,
  objectKey,
  ownerOfSource,
  type AdapterFinding,
  type HttpSource,
  type SwitchFacts,
} from '@jetmesh/eventing-api';
import { writeStatus, type KubeClient, type ReconcileResult } from '@jetmesh/kube-controller';
import { indexes, type ClusterView } from '../cluster-view.ts';
import type { AdapterLeases } from './adapter-leases.ts';
import { sinkFinding } from './http-source-sinks.ts';
import { httpSourceStatus, type HttpSourceFinding } from './http-source-status.ts';

export interface HttpSourceReconcilerOptions {
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly leases: AdapterLeases;
  readonly busBroker: string;
  readonly now: () => Date;
}

/** Reports whether an Application's declaration holds, where its events go, and whether the adapter routes by it. */
export class HttpSourceReconciler {
  readonly #options: HttpSourceReconcilerOptions;

  constructor(options: HttpSourceReconcilerOptions) {
    this.#options = options;
  }

  async reconcile(key: string): Promise<ReconcileResult> {
    const { client, cluster, now } = this.#options;
    const source = cluster.httpSources.store.get(key);
    if (source === undefined || source.metadata.deletionTimestamp !== undefined) return done;
    const finding = await this.#findingFor(source);
    const status = httpSourceStatus(source, finding, now());
    const written = await writeStatus(client, httpSourceKind, source, status);
    if (written === 'conflict') return { kind: 'requeue-after', delayMs: conflictRetryMs };
    return isAwaited(finding) ? { kind: 'requeue-after', delayMs: nextLookMs } : done;
  }

  async #findingFor(source: HttpSource): Promise<HttpSourceFinding> {
    const { cluster, busBroker } = this.#options;
    const name = source.spec.source;
    const owner = ownerOfSource(name, cluster.httpSources.store.listBy(indexes.source, name));
    const ownerKey = objectKey((owner ?? source).metadata);
    if (ownerKey !== objectKey(source.metadata)) return { kind: 'source-taken', by: ownerKey };
    const surroundings = {
      busBroker,
      activations: cluster.activations.store.listBy(indexes.source, name),
      brokerAt: (key: string) => cluster.brokers.store.get(key),
    };
    const sinks = sinkFinding(source, surroundings);
    const adapter = await this.#adapter(source);
    return { kind: 'declared', sinks, adapter, endpoints: endpointStatuses(source, this.#facts()) };
  }

  #facts(): SwitchFacts {
    const { cluster, busBroker } = this.#options;
    return {
      httpSources: cluster.httpSources.store.list(),
      subscriptions: cluster.subscriptions.store.list(),
      activations: cluster.activations.store.list(),
      triggers: cluster.triggers.store.list(),
      brokers: cluster.brokers.store.list(),
      busBroker,
    };
  }

  /** What was seen last is enough once it confirms; a new generation is confirmed within moments. */
  async #adapter(source: HttpSource): Promise<AdapterFinding> {
    const { leases, now } = this.#options;
    const known = adapterFinding(source, leases.current, now());
    if (isConfirmed(known)) return known;
    await leases.look();
    return adapterFinding(source, leases.current, now());
  }
}

function isConfirmed({ liveCount, routingCount }: AdapterFinding): boolean {
  return liveCount > 0 && routingCount === liveCount;
}

/** A replica is there and will confirm; without any, the regular look finds the first. */
function isAwaited(finding: HttpSourceFinding): boolean {
  return (
    finding.kind === 'declared' && finding.adapter.liveCount > 0 && !isConfirmed(finding.adapter)
  );
}

const conflictRetryMs = 100;
const nextLookMs = 300;
const done: ReconcileResult = { kind: 'done' };
