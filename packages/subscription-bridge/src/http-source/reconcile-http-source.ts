import { httpSourceKind, objectKey, type HttpSource } from '@jetmesh/eventing-api';
import { writeStatus, type KubeClient, type ReconcileResult } from '@jetmesh/kube-controller';
import { indexes, type ClusterView } from '../cluster-view.ts';
import type { AdapterLeases } from './adapter-leases.ts';
import { adapterFinding } from './adapter-replicas.ts';
import { sinkFinding } from './http-source-sinks.ts';
import { httpSourceStatus, type HttpSourceFinding } from './http-source-status.ts';
import { oldestOfSource } from './oldest-of-source.ts';

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
    const status = httpSourceStatus(source, this.#findingFor(source), now());
    const written = await writeStatus(client, httpSourceKind, source, status);
    return written === 'conflict' ? { kind: 'requeue-after', delayMs: 100 } : done;
  }

  #findingFor(source: HttpSource): HttpSourceFinding {
    const { cluster, leases, busBroker, now } = this.#options;
    const name = source.spec.source;
    const owner = oldestOfSource(cluster.httpSources.store.listBy(indexes.source, name));
    const ownerKey = objectKey((owner ?? source).metadata);
    if (ownerKey !== objectKey(source.metadata)) return { kind: 'source-taken', by: ownerKey };
    const surroundings = {
      busBroker,
      activations: cluster.activations.store.listBy(indexes.source, name),
      brokerAt: (key: string) => cluster.brokers.store.get(key),
    };
    return {
      kind: 'declared',
      sinks: sinkFinding(source, surroundings),
      adapter: adapterFinding(source, leases.current, now()),
    };
  }
}

const done: ReconcileResult = { kind: 'done' };
