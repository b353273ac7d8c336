import { adapterLease, isLive, leaseKind, objectKey, type Lease } from '@jetmesh/eventing-api';
import { isConflict, type KubeClient, type Logger } from '@jetmesh/kube-controller';
import { expiredLeases } from './expired-leases.ts';

export interface AdapterLeasesOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly logger: Logger;
  readonly now: () => Date;
  /** How long the Lease of a dead replica is kept after it ran out. */
  readonly sweepGraceMs: number;
  /** Called when a replica comes, goes, or confirms another generation. */
  readonly onChange: () => void;
}

const shortestIntervalMs = 100;

/**
 * The Leases of the adapter's replicas. Looked at now and then instead of watched: each is renewed every few seconds,
 * and that a replica is dead shows in no change at all.
 */
export class AdapterLeases {
  readonly #options: AdapterLeasesOptions;
  #leases: readonly Lease[] = [];
  #facts = '';
  #looking: Promise<void> | undefined;

  constructor(options: AdapterLeasesOptions) {
    this.#options = options;
  }

  get current(): readonly Lease[] {
    return this.#leases;
  }

  /** Looks now; who asks during a look or shortly after it gets that one. */
  look(): Promise<void> {
    this.#looking ??= this.#list().finally(() => {
      setTimeout(() => (this.#looking = undefined), shortestIntervalMs).unref();
    });
    return this.#looking;
  }

  async #list(): Promise<void> {
    const { client, namespace, logger, now, onChange } = this.#options;
    try {
      const options = { namespace, labelSelector: adapterLease.selector };
      this.#leases = (await client.list<Lease>(leaseKind, options)).items;
    } catch (err) {
      logger.warn('Cannot list the Leases of the adapter; the next look tries again', { err });
    }
    await this.#sweep();
    const facts = JSON.stringify(
      this.#leases.map((lease) => [
        lease.metadata.name,
        isLive(lease, now()),
        lease.metadata.annotations,
      ]),
    );
    if (facts === this.#facts) return;
    this.#facts = facts;
    onChange();
  }

  /** As it was seen: a replica that comes back meanwhile keeps its Lease. */
  async #sweep(): Promise<void> {
    const { client, logger, now, sweepGraceMs } = this.#options;
    for (const { metadata } of expiredLeases(this.#leases, now(), sweepGraceMs)) {
      const { uid = '', resourceVersion = '' } = metadata;
      try {
        await client.delete(leaseKind, objectKey(metadata), { uid, resourceVersion });
        logger.info('The Lease of a dead adapter replica is gone', { lease: metadata.name });
      } catch (err) {
        if (isConflict(err)) continue;
        logger.warn('Cannot take away the Lease of a dead adapter replica', { err });
      }
    }
  }
}
