import { apiVersionOf, leaseKind, type Lease } from '@jetmesh/eventing-api';
import { isNotFound, microTime, type KubeClient, type Logger } from '@jetmesh/kube-controller';

const component = 'http-source-adapter';
const routedGenerations = 'jetmesh.dev/routed-generations';

/** Long enough to survive two renewals that fail, short enough not to keep a switch waiting for a dead replica. */
const leaseDurationMs = 15_000;
const renewIntervalMs = 4_000;

export interface RouteConfirmationOptions {
  readonly client: KubeClient;
  readonly logger: Logger;
  readonly namespace: string;
  /** Name of this replica. */
  readonly podName: string;
  /** Generation of every HTTPSource that this replica routes by, by key. */
  generations(): Readonly<Record<string, number>>;
  now(): Date;
}

/**
 * Tells the world which generations this replica routes by, in a Lease of its own. One write at a time: a change
 * during a write is written after it. A write that fails is repeated at the next renewal.
 */
export class RouteConfirmation {
  readonly #options: RouteConfirmationOptions;
  readonly #key: string;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #isDue = false;
  #written = '';
  #writtenAtMs = -Infinity;
  #writing: Promise<void> | undefined;

  constructor(options: RouteConfirmationOptions) {
    this.#options = options;
    this.#key = `${options.namespace}/${component}-${options.podName}`;
  }

  /** Writes the generations at once if they have changed. The first call starts the renewals. */
  confirm(): void {
    if (this.#isStopped) return;
    this.#timer ??= setInterval(() => this.#renew(), renewIntervalMs);
    if (this.#text() !== this.#written) this.#renew();
  }

  /** Whether the Lease was renewed within its duration: also a sign that the API server can be reached. */
  get isCurrent(): boolean {
    return this.#options.now().getTime() - this.#writtenAtMs < leaseDurationMs;
  }

  /** Takes the Lease away, so that nobody waits for this replica any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#isDue = false;
    clearInterval(this.#timer);
    await this.#writing;
    const { client, logger } = this.#options;
    await client.delete(leaseKind, this.#key).catch((err: unknown) => {
      logger.warn('Cannot take the Lease of this replica away; it expires', { err });
    });
  }

  #renew(): void {
    this.#isDue = true;
    this.#writing ??= this.#writeWhileDue();
  }

  async #writeWhileDue(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      await this.#write();
    }
    this.#writing = undefined;
  }

  async #write(): Promise<void> {
    const text = this.#text();
    try {
      await this.#put(this.#lease(text));
      this.#written = text;
      this.#writtenAtMs = this.#options.now().getTime();
    } catch (err) {
      this.#options.logger.warn('Cannot renew the Lease of this replica', { err });
    }
  }

  async #put(lease: Lease): Promise<void> {
    const { client } = this.#options;
    try {
      await client.mergePatch(leaseKind, this.#key, lease);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await client.create(leaseKind, lease);
    }
  }

  #text(): string {
    return JSON.stringify(this.#options.generations());
  }

  #lease(generations: string): Lease {
    const { namespace, podName } = this.#options;
    return {
      apiVersion: apiVersionOf(leaseKind),
      kind: leaseKind.kind,
      metadata: {
        namespace,
        name: `${component}-${podName}`,
        labels: { 'jetmesh.dev/component': component },
        annotations: { [routedGenerations]: generations },
      },
      spec: {
        holderIdentity: podName,
        leaseDurationSeconds: leaseDurationMs / 1000,
        renewTime: microTime(this.#options.now()),
      },
    };
  }
}
